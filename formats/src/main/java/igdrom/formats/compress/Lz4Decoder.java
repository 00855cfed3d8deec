package igdrom.formats.compress;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostic;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

/// Decompresses an LZ4 frame, including linked blocks. Checksums are not verified, as in coreboot.
///
/// Spec: LZ4 Frame Format Description 1.6, "Data Blocks"; LZ4 Block Format Description.
final class Lz4Decoder {
    private static final long STORED = 1L << 31;
    private static final int MIN_MATCH = 4;
    private static final int LENGTH_CONTINUES = 15;

    private final int maxSize;
    private final OutputBuffer buffer;
    private byte[] out;
    private int written;
    private byte[] in = new byte[0];
    private int next;

    private Lz4Decoder(Image compressed, int maxSize, ExpansionBudget budget) {
        this.maxSize = maxSize;
        this.buffer = new OutputBuffer(budget, maxSize, 0);
        this.out = buffer.allocate(compressed.size());
    }

    static Decompressed decompress(Image compressed, Location location, ExpansionBudget budget) {
        Lz4Frame frame = Lz4Frame.read(compressed, location);
        long promised = frame.contentSize().orElse(budget.available());
        int maxSize = budget.checkSize(location, 6, "Content Size", promised);
        Lz4Decoder decoder = new Lz4Decoder(compressed, maxSize, budget);
        Cursor blocks = new Cursor(compressed, location).seek("Data Blocks", frame.headerSize());
        long block = blocks.position();
        String problem;
        try {
            long size = blocks.u32("Block Size");
            while (size != 0) {
                decoder.decodeBlock(blocks, size, frame);
                blocks.skip("Block Checksum", frame.blockChecksumSize());
                block = blocks.position();
                size = blocks.u32("Block Size");
            }
            blocks.skip("Content Checksum", frame.contentChecksumSize());
            if (frame.contentSize().isEmpty() || decoder.written == promised) {
                return new Decompressed.Whole(Codec.LZ4, decoder.output(), blocks.position());
            }
            problem =
                    String.format(
                            "Content Size is 0x%x, the blocks have 0x%x bytes",
                            promised, decoder.written);
        } catch (CorruptStreamException e) {
            problem = e.problem();
        } catch (MalformedImageException e) {
            problem = e.problem();
        }
        return new Decompressed.Damaged(
                Codec.LZ4, decoder.output(), Diagnostic.broken(location, block, problem));
    }

    private Image output() {
        return buffer.toImage(out, written);
    }

    private void decodeBlock(Cursor blocks, long sizeField, Lz4Frame frame)
            throws CorruptStreamException {
        long size = sizeField & ~STORED;
        if (size > frame.maxBlockSize()) {
            throw new CorruptStreamException(
                    "Block Size is 0x%x, the maximum is 0x%x", size, frame.maxBlockSize());
        }
        long available = Math.min(size, blocks.remaining());
        in = blocks.image("Data", available).toByteArray();
        next = 0;
        if ((sizeField & STORED) != 0) {
            copyLiterals(in.length);
        } else {
            int blockEnd = written + frame.maxBlockSize();
            decodeSequences(blockEnd);
        }
        if (available < size) {
            throw new CorruptStreamException(
                    "the block is truncated, 0x%x bytes are missing", size - available);
        }
    }

    private void decodeSequences(int blockEnd) throws CorruptStreamException {
        while (next < in.length) {
            int token = in[next++] & 0xff;
            copyLiterals(readLength(token >>> 4));
            if (next == in.length) {
                return;
            }
            int distance = readU8() | (readU8() << 8);
            int length = readLength(token & LENGTH_CONTINUES) + MIN_MATCH;
            if (distance == 0 || distance > written) {
                throw new CorruptStreamException(
                        "match distance is 0x%x, expected 0x1 to 0x%x", distance, written);
            }
            reserve(length);
            if (written > blockEnd - length) {
                throw new CorruptStreamException("the output of a block exceeds Block MaxSize");
            }
            for (int end = written + length; written < end; written++) {
                out[written] = out[written - distance];
            }
        }
    }

    private void copyLiterals(int length) throws CorruptStreamException {
        int available = Math.min(length, in.length - next);
        reserve(available);
        System.arraycopy(in, next, out, written, available);
        next += available;
        written += available;
        if (available < length) {
            throw truncated();
        }
    }

    private int readLength(int start) throws CorruptStreamException {
        int length = start;
        if (start == LENGTH_CONTINUES) {
            int extension;
            do {
                extension = readU8();
                length += extension;
            } while (extension == 0xff);
        }
        return length;
    }

    private int readU8() throws CorruptStreamException {
        if (next == in.length) {
            throw truncated();
        }
        return in[next++] & 0xff;
    }

    private void reserve(int length) throws CorruptStreamException {
        if (length > maxSize - written) {
            throw new CorruptStreamException("the output exceeds 0x%x bytes", maxSize);
        }
        while (length > out.length - written) {
            out = buffer.grow(out);
        }
    }

    private static CorruptStreamException truncated() {
        return new CorruptStreamException("a block ends within a sequence");
    }
}
