package igdrom.formats.compress;

/// A stretch of literals and matches with its own three Huffman codes, ready to be written.
///
/// Spec: UEFI 2.11, "Compression Algorithm Specification", "Block Header" and "Block Body".
final class EfiBlock {
    private final EfiSymbols symbols;
    private final int from;
    private final int to;
    private final int positionCountBits;
    private final EfiCounts counts;
    private final byte[] characterLengths;
    private final byte[] slotLengths;
    private final long bits;

    EfiBlock(EfiSymbols symbols, int from, int to, int positionCountBits) {
        this.symbols = symbols;
        this.from = from;
        this.to = to;
        this.positionCountBits = positionCountBits;
        this.counts = EfiCounts.of(symbols, from, to);
        this.characterLengths = HuffmanLengths.of(counts.characters);
        this.slotLengths = HuffmanLengths.of(counts.slots);
        this.bits = measure();
    }

    EfiCounts counts() {
        return counts;
    }

    /// How many bits [#write] would write.
    long bits() {
        return bits;
    }

    private long measure() {
        BitSink header = new BitSink();
        writeHeader(header);
        return header.count()
                + weight(counts.characters, characterLengths)
                + weight(counts.slots, slotLengths)
                + counts.positionBits;
    }

    private static long weight(int[] counts, byte[] lengths) {
        long bits = 0;
        for (int i = 0; i < counts.length; i++) {
            bits += (long) counts[i] * lengths[i];
        }
        return bits;
    }

    void write(BitSink out) {
        writeHeader(out);
        int[] characterCodes = codes(characterLengths);
        int[] slotCodes = codes(slotLengths);
        for (int i = from; i < to; i++) {
            int symbol = symbols.get(i);
            int character = EfiSymbols.character(symbol);
            out.bits(characterCodes[character], characterLengths[character]);
            if (EfiSymbols.isMatch(symbol)) {
                int position = EfiSymbols.position(symbol);
                int slot = EfiFormat.slot(position);
                out.bits(slotCodes[slot], slotLengths[slot]);
                if (slot > 1) {
                    out.bits(position - (1 << (slot - 1)), slot - 1);
                }
            }
        }
    }

    private void writeHeader(BitSink out) {
        out.bits(to - from, EfiFormat.BLOCK_SIZE_BITS);
        if (isEmpty(characterLengths)) {
            writeOnly(out, EfiFormat.EXTRA_COUNT_BITS, 0);
            writeOnly(out, EfiFormat.CHAR_COUNT_BITS, first(counts.characters));
        } else {
            writeCharacterLengths(out);
        }
        writeLengths(out, counts.slots, slotLengths, positionCountBits, EfiFormat.NO_GAP);
    }

    private void writeCharacterLengths(BitSink out) {
        EfiRuns runs = EfiRuns.of(characterLengths);
        byte[] extraLengths = HuffmanLengths.of(runs.counts());
        writeLengths(
                out, runs.counts(), extraLengths, EfiFormat.EXTRA_COUNT_BITS, EfiFormat.EXTRA_GAP);
        out.bits(end(characterLengths), EfiFormat.CHAR_COUNT_BITS);
        runs.write(out, codes(extraLengths), extraLengths);
    }

    private static void writeLengths(
            BitSink out, int[] counts, byte[] lengths, int countBits, int gap) {
        if (isEmpty(lengths)) {
            writeOnly(out, countBits, first(counts));
            return;
        }
        int end = end(lengths);
        out.bits(end, countBits);
        int index = 0;
        while (index < end) {
            int length = lengths[index++];
            if (length < 7) {
                out.bits(length, 3);
            } else {
                // Ones for all above 3, and a zero.
                out.bits((1 << (length - 3)) - 2, length - 3);
            }
            if (index == gap) {
                int start = index;
                while (index < start + 3 && lengths[index] == 0) {
                    index++;
                }
                out.bits(index - start, 2);
            }
        }
    }

    private static void writeOnly(BitSink out, int countBits, int symbol) {
        out.bits(0, countBits);
        out.bits(symbol, countBits);
    }

    private static boolean isEmpty(byte[] lengths) {
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

    /// The codes of symbols: shorter ones first, then by symbol.
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
