package igdrom.formats.compress;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostic;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

/// Unpacks an LZ4 frame, linked blocks included. Checksums are skipped, as coreboot does.
///
/// Spec: LZ4 Frame Format Description 1.6, "Data Blocks"; LZ4 Block Format Description.
final class Lz4Decoder {
    private static final long STORED = 1L << 31;
    private static final int SHORTEST_MATCH = 4;
    private static final int MORE = 15;

    private final int most;
    private final OutputBuffer growth;
    private byte[] out;
    private int written;
    private byte[] in = new byte[0];
    private int next;

    private Lz4Decoder(Image packed, int most, ExpansionBudget allowance) {
        this.most = most;
        this.growth = new OutputBuffer(allowance, most, 0);
        this.out = growth.first(packed.size());
    }

    static Decompressed decompress(Image packed, Location location, ExpansionBudget allowance) {
        Lz4Frame frame = Lz4Frame.read(packed, location);
        long promised = frame.contentSize().orElse(allowance.most());
        int most = allowance.promised(location, 6, "Content Size", promised);
        Lz4Decoder decoder = new Lz4Decoder(packed, most, allowance);
        Cursor blocks = new Cursor(packed, location).seek("Data Blocks", frame.headerSize());
        long block = blocks.position();
        String problem;
        try {
            long size = blocks.u32("Block Size");
            while (size != 0) {
                decoder.block(blocks, size, frame);
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
                            "Content Size is 0x%x, the blocks hold 0x%x bytes",
                            promised, decoder.written);
        } catch (CorruptStreamException e) {
            problem = e.problem();
        } catch (MalformedImageException e) {
            problem = e.problem();
        }
        Diagnostic damage = Diagnostic.broken(location, block, problem);
        return new Decompressed.Damaged(Codec.LZ4, decoder.output(), damage);
    }

    private Image output() {
        return growth.finished(out, written);
    }

    private void block(Cursor blocks, long sizeField, Lz4Frame frame)
            throws CorruptStreamException {
        long size = sizeField & ~STORED;
        if (size > frame.blockMax()) {
            throw new CorruptStreamException(
                    String.format("Block Size is 0x%x, the most is 0x%x", size, frame.blockMax()));
        }
        long there = Math.min(size, blocks.remaining());
        in = blocks.image("Data", there).toByteArray();
        next = 0;
        if ((sizeField & STORED) != 0) {
            literals(in.length);
        } else {
            int blockEnd = written + frame.blockMax();
            sequences(blockEnd);
        }
        if (there < size) {
            throw new CorruptStreamException(
                    String.format("the block ends 0x%x bytes early", size - there));
        }
    }

    private void sequences(int blockEnd) throws CorruptStreamException {
        while (next < in.length) {
            int token = in[next++] & 0xff;
            literals(length(token >>> 4));
            if (next == in.length) {
                return;
            }
            int distance = u8() | (u8() << 8);
            int length = length(token & MORE) + SHORTEST_MATCH;
            if (distance == 0 || distance > written) {
                throw new CorruptStreamException(
                        String.format(
                                "a match begins 0x%x bytes back, there are 0x%x",
                                distance, written));
            }
            room(length);
            if (written > blockEnd - length) {
                throw new CorruptStreamException("a block unpacks to more than Block MaxSize");
            }
            for (int end = written + length; written < end; written++) {
                out[written] = out[written - distance];
            }
        }
    }

    private void literals(int length) throws CorruptStreamException {
        int there = Math.min(length, in.length - next);
        room(there);
        System.arraycopy(in, next, out, written, there);
        next += there;
        written += there;
        if (there < length) {
            throw ended();
        }
    }

    private int length(int start) throws CorruptStreamException {
        int length = start;
        if (start == MORE) {
            int more;
            do {
                more = u8();
                length += more;
            } while (more == 0xff);
        }
        return length;
    }

    private int u8() throws CorruptStreamException {
        if (next == in.length) {
            throw ended();
        }
        return in[next++] & 0xff;
    }

    private void room(int length) throws CorruptStreamException {
        if (length > most - written) {
            throw new CorruptStreamException(String.format("more than 0x%x bytes come out", most));
        }
        while (length > out.length - written) {
            out = growth.larger(out);
        }
    }

    private static CorruptStreamException ended() {
        return new CorruptStreamException("a block ends inside a sequence");
    }
}
