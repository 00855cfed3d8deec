package igdrom.formats.compress;

/// A sequence of symbols with its own Huffman codes.
///
/// Spec: UEFI 2.11, "Compression Algorithm Specification", "Block Header" and "Block Body".
final class EfiBlock {
    static final EfiBlock EMPTY = new EfiBlock(new int[0]);

    /// The bits that a symbol without a code is taken to need.
    private static final int NEW_CHARACTER_BITS = 12;

    private static final int NEW_SLOT_BITS = 6;

    private final int[] symbols;
    private final int[] characterCounts = new int[EfiFormat.CHARS];
    private final int[] slotCounts = new int[EfiFormat.MAX_SLOTS];
    private final byte[] characterLengths;
    private final byte[] slotLengths;

    /// @param symbols as in [EfiSymbol], at most [EfiFormat#MAX_BLOCK_SYMBOLS]
    EfiBlock(int[] symbols) {
        this.symbols = symbols;
        for (int symbol : symbols) {
            characterCounts[EfiSymbol.character(symbol)]++;
            if (EfiSymbol.isMatch(symbol)) {
                slotCounts[EfiFormat.slot(EfiSymbol.position(symbol))]++;
            }
        }
        this.characterLengths = HuffmanLengths.of(characterCounts);
        this.slotLengths = HuffmanLengths.of(slotCounts);
    }

    /// The bits of a symbol in the codes of this block.
    int bits(int symbol) {
        int length = characterLengths[EfiSymbol.character(symbol)];
        int bits = length == 0 ? NEW_CHARACTER_BITS : length;
        if (EfiSymbol.isMatch(symbol)) {
            int slot = EfiFormat.slot(EfiSymbol.position(symbol));
            length = slotLengths[slot];
            bits += (length == 0 ? NEW_SLOT_BITS : length) + Math.max(0, slot - 1);
        }
        return bits;
    }

    /// The bits of the whole block.
    int bits(Codec codec) {
        BitWriter out = new BitWriter();
        write(out, codec);
        return out.bits();
    }

    void write(BitWriter out, Codec codec) {
        writeHeader(out, codec);
        int[] characterCodes = codes(characterLengths);
        int[] slotCodes = codes(slotLengths);
        for (int symbol : symbols) {
            int character = EfiSymbol.character(symbol);
            out.write(characterCodes[character], characterLengths[character]);
            if (EfiSymbol.isMatch(symbol)) {
                int position = EfiSymbol.position(symbol);
                int slot = EfiFormat.slot(position);
                out.write(slotCodes[slot], slotLengths[slot]);
                if (slot > 1) {
                    out.write(position - (1 << (slot - 1)), slot - 1);
                }
            }
        }
    }

    private void writeHeader(BitWriter out, Codec codec) {
        out.write(symbols.length, EfiFormat.BLOCK_SIZE_BITS);
        if (hasNoCodes(characterLengths)) {
            writeSingle(out, EfiFormat.EXTRA_COUNT_BITS, 0);
            writeSingle(out, EfiFormat.CHAR_COUNT_BITS, first(characterCounts));
        } else {
            writeCharacterLengths(out);
        }
        writeLengths(
                out, slotCounts, slotLengths, EfiFormat.positionCountBits(codec), EfiFormat.NO_GAP);
    }

    private void writeCharacterLengths(BitWriter out) {
        EfiRuns runs = EfiRuns.of(characterLengths);
        byte[] extraLengths = HuffmanLengths.of(runs.counts());
        writeLengths(
                out, runs.counts(), extraLengths, EfiFormat.EXTRA_COUNT_BITS, EfiFormat.EXTRA_GAP);
        out.write(end(characterLengths), EfiFormat.CHAR_COUNT_BITS);
        runs.write(out, codes(extraLengths), extraLengths);
    }

    private static void writeLengths(
            BitWriter out, int[] counts, byte[] lengths, int countBits, int gap) {
        if (hasNoCodes(lengths)) {
            writeSingle(out, countBits, first(counts));
            return;
        }
        int end = end(lengths);
        out.write(end, countBits);
        int index = 0;
        while (index < end) {
            int length = lengths[index++];
            if (length < 7) {
                out.write(length, 3);
            } else {
                // A one for each bit above 3, then a zero.
                out.write((1 << (length - 3)) - 2, length - 3);
            }
            if (index == gap) {
                int start = index;
                while (index < start + 3 && lengths[index] == 0) {
                    index++;
                }
                out.write(index - start, 2);
            }
        }
    }

    private static void writeSingle(BitWriter out, int countBits, int symbol) {
        out.write(0, countBits);
        out.write(symbol, countBits);
    }

    private static boolean hasNoCodes(byte[] lengths) {
        return end(lengths) == 0;
    }

    /// The index after the last symbol with a code.
    static int end(byte[] lengths) {
        int end = lengths.length;
        while (end > 0 && lengths[end - 1] == 0) {
            end--;
        }
        return end;
    }

    /// The first symbol that occurs, or 0.
    private static int first(int[] counts) {
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != 0) {
                return i;
            }
        }
        return 0;
    }

    /// The canonical codes for these lengths: shorter codes first, then by symbol.
    private static int[] codes(byte[] lengths) {
        int[] codes = new int[lengths.length];
        int code = 0;
        for (int length = 1; length <= HuffmanTable.MAX_LENGTH; length++) {
            for (int symbol = 0; symbol < lengths.length; symbol++) {
                if (lengths[symbol] == length) {
                    codes[symbol] = code++;
                }
            }
            code <<= 1;
        }
        return codes;
    }
}
