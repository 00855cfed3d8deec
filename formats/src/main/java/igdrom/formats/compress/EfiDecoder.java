package igdrom.formats.compress;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import java.util.Arrays;

/// Decompresses EFI 1.1 and Tiano: LZ77 with literals, lengths and distances in blocks of Huffman
/// codes.
///
/// Spec: UEFI 2.11, "Compression Algorithm Specification", "Decompressor Design", whose names the
/// messages use. Source for Tiano, where the field that counts position codes has 5 bits instead of
/// 4: EDK2, MdePkg/Library/BaseUefiDecompressLib.
///
/// The decoder is strict, so that it rejects data of the other format: every code must be complete,
/// every match must start within the output, and a block must end where the output does.
final class EfiDecoder {
    /// The maximum of a 5-bit count, which EDK2's decoder accepts too.
    private static final int POSITIONS = 31;

    // The index widths of the decoding tables.
    private static final int EXTRA_INDEX_BITS = 8;
    private static final int CHAR_INDEX_BITS = 12;
    private static final int POSITION_INDEX_BITS = 9;

    /// The maximum number of bits after the last symbol.
    ///
    /// Observed: 8 to 15 bits in all streams of three vendors and EDK2, whose encoder ends with a
    /// NUL. The rest is a margin for encoders that align their output.
    private static final int MAX_TRAILING_BITS = 64;

    private final Codec codec;
    private final BitReader in;
    private final long end;
    private final int size;
    private final OutputBuffer buffer;
    private byte[] out;
    private int written;

    private final HuffmanTable extra = new HuffmanTable(EfiFormat.EXTRAS, EXTRA_INDEX_BITS);
    private final HuffmanTable chars = new HuffmanTable(EfiFormat.CHARS, CHAR_INDEX_BITS);
    private final HuffmanTable positions = new HuffmanTable(POSITIONS, POSITION_INDEX_BITS);
    private final byte[] lengths = new byte[EfiFormat.CHARS];

    private EfiDecoder(
            Codec codec, Image compressed, EfiHeader header, int size, OutputBuffer buffer) {
        this.codec = codec;
        this.end = Math.min(compressed.size(), EfiHeader.SIZE + header.compressedSize());
        this.in = new BitReader(compressed, EfiHeader.SIZE, end);
        this.size = size;
        this.buffer = buffer;
        this.out = buffer.allocate(end);
    }

    static Decompressed decompress(
            Codec codec, Image compressed, Location location, ExpansionBudget budget) {
        EfiHeader header = EfiHeader.read(compressed, location);
        int size = budget.checkSize(location, 4, "Original Size", header.originalSize());
        OutputBuffer buffer = new OutputBuffer(budget, size, 0);
        EfiDecoder decoder = new EfiDecoder(codec, compressed, header, size, buffer);
        try {
            decoder.decodeBlocks();
        } catch (CorruptStreamException e) {
            return new Decompressed.Damaged(
                    codec,
                    buffer.toImage(decoder.out, decoder.written),
                    Diagnostic.broken(location, decoder.in.position() / Byte.SIZE, e.problem()));
        }
        return new Decompressed.Whole(codec, buffer.toImage(decoder.out, size), decoder.end);
    }

    private void decodeBlocks() throws CorruptStreamException {
        while (written < size) {
            int blockSize = in.read(EfiFormat.BLOCK_SIZE_BITS);
            if (blockSize == 0) {
                throw new CorruptStreamException("Block Size is 0, the minimum is 1");
            }
            readCodeLengths(
                    extra,
                    "Extra Set",
                    EfiFormat.EXTRAS,
                    EfiFormat.EXTRA_COUNT_BITS,
                    EfiFormat.EXTRA_GAP);
            readCharLengths();
            readCodeLengths(
                    positions,
                    "Position Set",
                    POSITIONS,
                    EfiFormat.positionCountBits(codec),
                    EfiFormat.NO_GAP);
            decodeBlock(blockSize);
        }
        if (in.remaining() > MAX_TRAILING_BITS) {
            throw new CorruptStreamException(
                    "0x%x bytes are left after Original Size", in.remaining() / Byte.SIZE);
        }
    }

    /// Reads the code of the Extra Set or the Position Set.
    private void readCodeLengths(
            HuffmanTable table, String set, int symbols, int countBits, int gap)
            throws CorruptStreamException {
        int number = in.read(countBits);
        if (number == 0) {
            setSingle(table, set, in.read(countBits), symbols);
            return;
        }
        if (number > symbols) {
            throw new CorruptStreamException(
                    "%s has %d codes, the maximum is %d", set, number, symbols);
        }
        Arrays.fill(lengths, 0, symbols, (byte) 0);
        int index = 0;
        while (index < number) {
            int length = in.read(3);
            if (length == 7) {
                while (in.read(1) == 1) {
                    length++;
                    if (length > HuffmanTable.MAX_LENGTH) {
                        throw new CorruptStreamException("%s has a code of more than 16 bits", set);
                    }
                }
            }
            lengths[index++] = (byte) length;
            if (index == gap) {
                index += in.read(2);
            }
        }
        setCode(table, set, symbols);
    }

    /// Reads the code of the Char&Len Set, whose lengths are encoded with the Extra Set.
    private void readCharLengths() throws CorruptStreamException {
        int number = in.read(EfiFormat.CHAR_COUNT_BITS);
        if (number == 0) {
            setSingle(chars, "Char&Len Set", in.read(EfiFormat.CHAR_COUNT_BITS), EfiFormat.CHARS);
            return;
        }
        if (number > EfiFormat.CHARS) {
            throw new CorruptStreamException(
                    "Char&Len Set has %d codes, the maximum is %d", number, EfiFormat.CHARS);
        }
        Arrays.fill(lengths, (byte) 0);
        int index = 0;
        while (index < number) {
            int symbol = extra.decode(in);
            int zeros =
                    switch (symbol) {
                        case 0 -> 1;
                        case 1 -> 3 + in.read(4);
                        case 2 -> 20 + in.read(9);
                        default -> 0;
                    };
            if (zeros == 0) {
                lengths[index++] = (byte) (symbol - EfiFormat.FIRST_LENGTH);
            }
            index += zeros;
            if (index > number) {
                throw new CorruptStreamException(
                        "a run in Char&Len Set ends at code %d of %d", index, number);
            }
        }
        setCode(chars, "Char&Len Set", EfiFormat.CHARS);
    }

    private static void setSingle(HuffmanTable table, String set, int symbol, int symbols)
            throws CorruptStreamException {
        if (symbol >= symbols) {
            throw new CorruptStreamException(
                    "%s has the single symbol %d, the maximum is %d", set, symbol, symbols - 1);
        }
        table.setSingle(symbol);
    }

    private void setCode(HuffmanTable table, String set, int symbols)
            throws CorruptStreamException {
        if (!table.set(lengths, symbols)) {
            throw new CorruptStreamException("%s is not a complete Huffman code", set);
        }
    }

    private void decodeBlock(int symbols) throws CorruptStreamException {
        for (int left = symbols; left > 0; left--) {
            if (written == size) {
                throw new CorruptStreamException(
                        "Original Size is reached, 0x%x symbols of the block are left", left);
            }
            if (written > out.length - EfiFormat.MAX_MATCH && out.length < size) {
                out = buffer.grow(out);
            }
            int symbol = chars.decode(in);
            if (symbol < EfiFormat.LITERALS) {
                out[written++] = (byte) symbol;
            } else {
                int length = symbol - EfiFormat.LITERALS + EfiFormat.MIN_MATCH;
                copyMatch(length, readPosition() + 1);
            }
        }
    }

    private int readPosition() throws CorruptStreamException {
        int slot = positions.decode(in);
        return slot < 2 ? slot : (1 << (slot - 1)) + in.read(slot - 1);
    }

    private void copyMatch(int length, int distance) throws CorruptStreamException {
        if (distance > written) {
            throw new CorruptStreamException(
                    "match distance is 0x%x, the maximum is 0x%x", distance, written);
        }
        if (length > size - written) {
            throw new CorruptStreamException("a match of 0x%x bytes exceeds Original Size", length);
        }
        int end = written + length;
        for (int from = written - distance; written < end; from++) {
            out[written++] = out[from];
        }
    }
}
