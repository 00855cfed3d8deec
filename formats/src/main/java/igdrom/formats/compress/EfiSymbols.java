package igdrom.formats.compress;

import java.util.Arrays;

/// A growing sequence of literals and matches.
final class EfiSymbols {
    private static final int POSITION_BITS = 20;
    private static final int POSITION_MASK = (1 << POSITION_BITS) - 1;

    private int[] values = new int[1 << 10];
    private int size;

    static int literal(int value) {
        return value << POSITION_BITS;
    }

    static int match(int length, int position) {
        int symbol = EfiFormat.LITERALS + length - EfiFormat.SHORTEST_MATCH;
        return (symbol << POSITION_BITS) | position;
    }

    /// The symbol of the Char&Len Set.
    static int character(int symbol) {
        return symbol >>> POSITION_BITS;
    }

    static boolean isMatch(int symbol) {
        return character(symbol) >= EfiFormat.LITERALS;
    }

    /// How far back a match begins, less one.
    static int position(int symbol) {
        return symbol & POSITION_MASK;
    }

    /// How many bytes it stands for.
    static int length(int symbol) {
        return isMatch(symbol)
                ? character(symbol) - EfiFormat.LITERALS + EfiFormat.SHORTEST_MATCH
                : 1;
    }

    int size() {
        return size;
    }

    int get(int index) {
        return values[index];
    }

    void add(int symbol) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = symbol;
    }

    /// Turns the symbols from `from` on around.
    void reverse(int from) {
        for (int low = from, high = size - 1; low < high; low++, high--) {
            int symbol = values[low];
            values[low] = values[high];
            values[high] = symbol;
        }
    }
}
