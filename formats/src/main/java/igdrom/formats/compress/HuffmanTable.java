package igdrom.formats.compress;

import java.util.Arrays;

/// A prefix code, given by the length of each symbol's code: shorter codes first, then by symbol.
///
/// Spec: UEFI 2.11, "Huffman Code Generation". A lookup gives an *entry*, which is the symbol above
/// the five bits of its code's length.
final class HuffmanTable {
    static final int MAX_LENGTH = 16;
    static final int LENGTH_BITS = 5;
    static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;

    /// An entry of [#quick] whose code is longer than the table's index.
    static final int LONG = 0xffff;

    /// Entries by the first bits of what is to be decoded.
    final char[] quick;

    /// How far to shift a stream that stands in the top bits of a `long` to index [#quick].
    final int shift;

    private final int bits;
    private final int[] count = new int[MAX_LENGTH + 1];
    private final int[] start = new int[MAX_LENGTH + 2];
    private final char[] sorted;

    /// @param bits of the quick table's index
    HuffmanTable(int symbols, int bits) {
        this.bits = bits;
        this.shift = Long.SIZE - bits;
        this.quick = new char[1 << bits];
        this.sorted = new char[symbols];
    }

    /// The code in which every bit sequence is `symbol` and costs nothing.
    void setOnly(int symbol) {
        Arrays.fill(quick, (char) (symbol << LENGTH_BITS));
    }

    /// Takes the code of these lengths, when they make a complete one: there is no other kind.
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
        Arrays.fill(quick, at, quick.length, (char) LONG);
    }

    /// The entry for a stream in the top bits of `hold` that [#quick] calls [#LONG].
    int longEntry(long hold) {
        int code = 0;
        for (int length = 1; length <= MAX_LENGTH; length++) {
            int behind = (int) (hold >>> (Long.SIZE - length)) - code;
            if (behind < count[length]) {
                return (sorted[start[length] + behind] << LENGTH_BITS) | length;
            }
            code = (code + count[length]) << 1;
        }
        throw new IllegalStateException("a complete code has an entry for every bit sequence");
    }
}
