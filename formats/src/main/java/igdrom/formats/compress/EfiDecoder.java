package igdrom.formats.compress;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Unpacks EFI 1.1 and Tiano: LZ77 whose literals, lengths and distances stand in blocks of Huffman
/// codes.
///
/// Spec: UEFI 2.11, "Compression Algorithm Specification", "Decompressor Design" (the names of
/// fields in messages are its names). Source: EDK2, MdePkg/Library/BaseUefiDecompressLib, for
/// Tiano, where the field that counts position codes has 5 bits, not 4.
///
/// Strict, so that data of one variant is refused by the other: every code is complete, every match
/// begins in what is there already, blocks end exactly where the promised size is reached.
final class EfiDecoder {
    /// The symbols that a count of 5 bits has room for; EDK2's decoder takes as many.
    private static final int POSITIONS = 31;

    /// The index widths of the tables of the inner loop.
    private static final int CHAR_BITS = 12;

    private static final int POSITION_BITS = 9;
    private static final int CHARS_SHIFT = Long.SIZE - CHAR_BITS;
    private static final int POSITIONS_SHIFT = Long.SIZE - POSITION_BITS;

    /// The stream's last bytes, which are decoded with care: no symbol is longer.
    private static final int LAST = 16;

    /// What may follow the last symbol.
    ///
    /// Observed: 8 to 15 bits in all streams of three vendors and EDK2: its encoder ends with a
    /// NUL. The rest is a margin for encoders that align their output.
    private static final int TRAILING_BITS = 64;

    /// Zeros behind the stream, so that the inner loop may run into them before it is told.
    private static final int MARGIN = 32;

    private final Codec codec;
    private final byte[] in;
    private final long endBit;
    private final int calm;
    private final int size;

    /// The stream from the next bit on, in the top bits; `held` of them are valid.
    private long hold;

    private int held;
    private int next;

    private final OutputBuffer buffer;
    private byte[] out;
    private int written;

    /// How many symbols the inner loop may decode in one call. Many short calls: a method that is
    /// called often is compiled sooner than one long call.
    private int step = 16;

    private @Nullable String fault;

    private final HuffmanTable extra = new HuffmanTable(EfiFormat.EXTRAS, 8);
    private final HuffmanTable chars = new HuffmanTable(EfiFormat.CHARS, CHAR_BITS);
    private final HuffmanTable positions = new HuffmanTable(POSITIONS, POSITION_BITS);
    private final byte[] lengths = new byte[EfiFormat.CHARS];

    private EfiDecoder(
            Codec codec, Image compressed, EfiHeader header, OutputBuffer buffer, int size) {
        long end = Math.min(compressed.size(), EfiHeader.SIZE + header.compressedSize());
        this.codec = codec;
        this.in = new byte[(int) end + MARGIN];
        compressed.slice(0, end).copyTo(in, 0);
        this.endBit = end * Byte.SIZE;
        this.calm = (int) end - LAST;
        this.next = EfiHeader.SIZE;
        this.size = size;
        this.buffer = buffer;
        this.out = buffer.allocate(end);
    }

    static Decompressed decompress(
            Codec codec, Image compressed, Location location, ExpansionBudget budget) {
        EfiHeader header = EfiHeader.read(compressed, location);
        int size = budget.checkSize(location, 4, "Original Size", header.originalSize());
        OutputBuffer buffer = new OutputBuffer(budget, size, 0);
        EfiDecoder decoder = new EfiDecoder(codec, compressed, header, buffer, size);
        try {
            decoder.blocks();
        } catch (CorruptStreamException damage) {
            return new Decompressed.Damaged(
                    codec,
                    buffer.toImage(decoder.out, decoder.written),
                    Diagnostic.broken(location, decoder.bit() / Byte.SIZE, damage.problem()));
        }
        return new Decompressed.Whole(
                codec, buffer.toImage(decoder.out, size), decoder.endBit / Byte.SIZE);
    }

    private void blocks() throws CorruptStreamException {
        while (written < size) {
            int left = bits(EfiFormat.BLOCK_SIZE_BITS);
            if (left == 0) {
                throw new CorruptStreamException("Block Size is 0, the minimum is 1");
            }
            codeLengths(
                    extra,
                    "Extra Set",
                    EfiFormat.EXTRAS,
                    EfiFormat.EXTRA_COUNT_BITS,
                    EfiFormat.EXTRA_GAP);
            charLengths();
            codeLengths(
                    positions,
                    "Position Set",
                    POSITIONS,
                    EfiFormat.positionCountBits(codec),
                    EfiFormat.NO_GAP);
            block(left);
        }
        if (endBit - bit() > TRAILING_BITS) {
            throw new CorruptStreamException(
                    "0x%x bytes are left after Original Size", (endBit - bit()) / 8);
        }
    }

    /// The code of the Extra Set or the Position Set.
    private void codeLengths(HuffmanTable table, String set, int symbols, int countBits, int gap)
            throws CorruptStreamException {
        int number = bits(countBits);
        if (number == 0) {
            only(table, set, bits(countBits), symbols);
            return;
        }
        if (number > symbols) {
            throw new CorruptStreamException(
                    "%s has %d codes, the maximum is %d", set, number, symbols);
        }
        Arrays.fill(lengths, 0, symbols, (byte) 0);
        int index = 0;
        while (index < number) {
            int length = bits(3);
            if (length == 7) {
                while (bits(1) == 1) {
                    length++;
                    if (length > HuffmanTable.MAX_LENGTH) {
                        throw new CorruptStreamException("%s has a code of more than 16 bits", set);
                    }
                }
            }
            lengths[index++] = (byte) length;
            if (index == gap) {
                index += bits(2);
            }
        }
        complete(table, set, symbols);
    }

    /// The code of the Char&Len Set, whose lengths are coded with the Extra Set.
    private void charLengths() throws CorruptStreamException {
        int number = bits(EfiFormat.CHAR_COUNT_BITS);
        if (number == 0) {
            only(chars, "Char&Len Set", bits(EfiFormat.CHAR_COUNT_BITS), EfiFormat.CHARS);
            return;
        }
        if (number > EfiFormat.CHARS) {
            throw new CorruptStreamException(
                    "Char&Len Set has %d codes, the maximum is %d", number, EfiFormat.CHARS);
        }
        Arrays.fill(lengths, (byte) 0);
        int index = 0;
        while (index < number) {
            int symbol = symbol(extra);
            int zeros =
                    switch (symbol) {
                        case 0 -> 1;
                        case 1 -> 3 + bits(4);
                        case 2 -> 20 + bits(9);
                        default -> 0;
                    };
            if (zeros == 0) {
                lengths[index++] = (byte) (symbol - 2);
            }
            index += zeros;
            if (index > number) {
                throw new CorruptStreamException(
                        "a run in Char&Len Set ends at code %d of %d", index, number);
            }
        }
        complete(chars, "Char&Len Set", EfiFormat.CHARS);
    }

    private static void only(HuffmanTable table, String set, int symbol, int symbols)
            throws CorruptStreamException {
        if (symbol >= symbols) {
            throw new CorruptStreamException(
                    "%s has the single symbol %d, the maximum is %d", set, symbol, symbols - 1);
        }
        table.setOnly(symbol);
    }

    private void complete(HuffmanTable table, String set, int symbols)
            throws CorruptStreamException {
        if (!table.set(lengths, symbols)) {
            throw new CorruptStreamException("%s is not a complete Huffman code", set);
        }
    }

    private void block(int symbols) throws CorruptStreamException {
        int left = symbols;
        while (left > 0) {
            if (written == size) {
                throw new CorruptStreamException(
                        "Original Size is reached, 0x%x symbols of the block are left", left);
            }
            if (written > out.length - EfiFormat.LONGEST_MATCH && out.length < size) {
                out = buffer.grow(out);
            }
            if (next <= calm) {
                left -= run(Math.min(left, step++), calm);
            } else {
                left -= lastSymbols();
            }
            if (fault != null) {
                throw new CorruptStreamException("%s", fault);
            }
        }
    }

    /// One symbol near the end of the stream, which does not count when the stream ends inside it.
    private int lastSymbols() throws CorruptStreamException {
        int before = written;
        int done = run(1, Integer.MAX_VALUE);
        if (bit() > endBit) {
            written = before;
            throw ended();
        }
        return done;
    }

    /// Decodes up to `symbols`, stopping early at a fault, when `next` is past `stop`, or when the
    /// output may not hold another match.
    ///
    /// This is where the time goes: fields are in local variables, and what would be methods is
    /// written out.
    ///
    /// @return how many were decoded
    private int run(int symbols, int stop) {
        byte[] in = this.in;
        byte[] out = this.out;
        long hold = this.hold;
        int held = this.held;
        int next = this.next;
        int at = written;
        int full = out.length == size ? size : out.length - EfiFormat.LONGEST_MATCH + 1;
        char[] quickChars = chars.quick;
        char[] quickPositions = positions.quick;
        int left = symbols;
        while (left > 0 && at < full && next <= stop) {
            left--;
            if (held < Integer.SIZE) {
                hold |= (word(in, next) & 0xffff_ffffL) << (Integer.SIZE - held);
                next += Integer.BYTES;
                held += Integer.SIZE;
            }
            int entry = quickChars[(int) (hold >>> CHARS_SHIFT)];
            if (entry == HuffmanTable.LONG_CODE) {
                entry = chars.longEntry(hold);
            }
            hold <<= entry & HuffmanTable.LENGTH_MASK;
            held -= entry & HuffmanTable.LENGTH_MASK;
            int symbol = entry >>> HuffmanTable.LENGTH_BITS;
            if (symbol < EfiFormat.LITERALS) {
                out[at++] = (byte) symbol;
                continue;
            }
            entry = quickPositions[(int) (hold >>> POSITIONS_SHIFT)];
            if (entry == HuffmanTable.LONG_CODE) {
                entry = positions.longEntry(hold);
            }
            hold <<= entry & HuffmanTable.LENGTH_MASK;
            held -= entry & HuffmanTable.LENGTH_MASK;
            int position = entry >>> HuffmanTable.LENGTH_BITS;
            if (position > 1) {
                if (held < Integer.SIZE) {
                    hold |= (word(in, next) & 0xffff_ffffL) << (Integer.SIZE - held);
                    next += Integer.BYTES;
                    held += Integer.SIZE;
                }
                int extraBits = position - 1;
                position = (1 << extraBits) + (int) (hold >>> (Long.SIZE - extraBits));
                hold <<= extraBits;
                held -= extraBits;
            }
            int from = at - position - 1;
            int end = at + symbol - (EfiFormat.LITERALS - EfiFormat.SHORTEST_MATCH);
            if (from < 0 || end > out.length) {
                fault = badMatch(at, from, end);
                break;
            }
            do {
                out[at++] = out[from++];
            } while (at < end);
        }
        this.hold = hold;
        this.held = held;
        this.next = next;
        written = at;
        return symbols - left;
    }

    private static int word(byte[] in, int at) {
        return (in[at] << 24)
                | ((in[at + 1] & 0xff) << 16)
                | ((in[at + 2] & 0xff) << 8)
                | (in[at + 3] & 0xff);
    }

    private static String badMatch(int at, int from, int end) {
        return from < 0
                ? String.format("a match starts 0x%x bytes before the output", -from)
                : String.format("a match of 0x%x bytes exceeds Original Size", end - at);
    }

    private CorruptStreamException ended() {
        return new CorruptStreamException(
                "the stream is truncated after 0x%x of 0x%x bytes", written, size);
    }

    /// The next bit's place in the compressed data.
    private long bit() {
        return (long) next * Byte.SIZE - held;
    }

    private int symbol(HuffmanTable table) throws CorruptStreamException {
        fill();
        int entry = table.quick[(int) (hold >>> table.shift)];
        if (entry == HuffmanTable.LONG_CODE) {
            entry = table.longEntry(hold);
        }
        drop(entry & HuffmanTable.LENGTH_MASK);
        return entry >>> HuffmanTable.LENGTH_BITS;
    }

    /// @param count 1 to 16
    private int bits(int count) throws CorruptStreamException {
        fill();
        int value = (int) (hold >>> (Long.SIZE - count));
        drop(count);
        return value;
    }

    private void drop(int count) throws CorruptStreamException {
        hold <<= count;
        held -= count;
        if (bit() > endBit) {
            throw ended();
        }
    }

    private void fill() {
        if (held < Integer.SIZE) {
            hold |= (word(in, next) & 0xffff_ffffL) << (Integer.SIZE - held);
            next += Integer.BYTES;
            held += Integer.SIZE;
        }
    }
}
