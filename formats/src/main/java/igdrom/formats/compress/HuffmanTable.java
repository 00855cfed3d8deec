package igdrom.formats.compress;

import java.util.Arrays;

/// A table to decode a canonical Huffman code, which is defined by the code length of each symbol:
/// shorter codes come first, codes of the same length are ordered by symbol.
///
/// Spec: UEFI 2.11, "Huffman Code Generation". An entry of the table consists of the symbol,
/// followed by five bits for the length of its code.
final class HuffmanTable {
    static final int MAX_LENGTH = 16;
    private static final int LENGTH_BITS = 5;
    private static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;

    /// The entry of [#quick] for codes that are longer than the index of the table.
    private static final int LONG_CODE = 0xffff;

    /// Entries by the next bits of the stream.
    private final char[] quick;

    private final int bits;
    private final int[] count = new int[MAX_LENGTH + 1];
    private final int[] start = new int[MAX_LENGTH + 2];
    private final char[] sorted;

    /// @param bits of the index of the quick table
    HuffmanTable(int symbols, int bits) {
        this.bits = bits;
        this.quick = new char[1 << bits];
        this.sorted = new char[symbols];
    }

    /// Sets the code of a single symbol, which takes no bits of the stream.
    void setSingle(int symbol) {
        Arrays.fill(quick, (char) (symbol << LENGTH_BITS));
    }

    /// Sets the code of the given lengths.
    ///
    /// @return whether it is complete, as the specification requires
    boolean set(byte[] lengths, int symbols) {
        Arrays.fill(count, 0);
        for (int symbol = 0; symbol < symbols; symbol++) {
            count[lengths[symbol]]++;
        }
        count[0] = 0;
        int code = 0;
        int first = 0;
        for (int length = 1; length <= MAX_LENGTH; length++) {
            start[length] = first;
            first += count[length];
            code += count[length] << (MAX_LENGTH - length);
        }
        if (code != 1 << MAX_LENGTH) {
            return false;
        }
        int[] next = start.clone();
        for (int symbol = 0; symbol < symbols; symbol++) {
            if (lengths[symbol] != 0) {
                sorted[next[lengths[symbol]]++] = (char) symbol;
            }
        }
        fillQuick();
        return true;
    }

    private void fillQuick() {
        int at = 0;
        for (int length = 1; length <= bits; length++) {
            int run = 1 << (bits - length);
            for (int i = start[length]; i < start[length] + count[length]; i++) {
                Arrays.fill(quick, at, at + run, (char) ((sorted[i] << LENGTH_BITS) | length));
                at += run;
            }
        }
        Arrays.fill(quick, at, quick.length, (char) LONG_CODE);
    }

    /// Decodes the next symbol of a stream.
    int decode(BitReader in) throws CorruptStreamException {
        long next = in.peek();
        int entry = quick[(int) (next >>> (Long.SIZE - bits))];
        if (entry == LONG_CODE) {
            entry = longEntry(next);
        }
        in.skip(entry & LENGTH_MASK);
        return entry >>> LENGTH_BITS;
    }

    /// The entry for a code that is too long for [#quick].
    private int longEntry(long next) {
        int code = 0;
        for (int length = 1; length <= MAX_LENGTH; length++) {
            int index = (int) (next >>> (Long.SIZE - length)) - code;
            if (index < count[length]) {
                return (sorted[start[length] + index] << LENGTH_BITS) | length;
            }
            code = (code + count[length]) << 1;
        }
        throw new IllegalStateException("a complete code covers all bit sequences");
    }
}
