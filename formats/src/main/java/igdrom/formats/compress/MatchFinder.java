package igdrom.formats.compress;

import java.util.Arrays;

/// Finds repetitions in data: for each offset the longest match within the window, and of equally
/// long ones the nearest.
final class MatchFinder {
    /// The number of earlier offsets that are compared with an offset.
    private static final int MAX_CANDIDATES = 512;

    private static final int HASH_BITS = 16;

    private final byte[] data;
    private final int window;

    /// The last offset with a hash, and for each offset the previous one with the same hash.
    private final int[] last = new int[1 << HASH_BITS];

    private final int[] previous;

    private MatchFinder(byte[] data, int window) {
        this.data = data;
        this.window = window;
        this.previous = new int[data.length];
        Arrays.fill(last, -1);
    }

    /// The best symbol for each offset: a match, or a literal if there is none.
    static int[] findAll(byte[] data, int window) {
        MatchFinder finder = new MatchFinder(data, window);
        int[] symbols = new int[data.length];
        for (int at = 0; at < data.length; at++) {
            symbols[at] = finder.find(at);
        }
        return symbols;
    }

    private int find(int at) {
        int symbol = EfiSymbol.literal(data[at]);
        int maxLength = Math.min(EfiFormat.MAX_MATCH, data.length - at);
        if (maxLength < EfiFormat.MIN_MATCH) {
            return symbol;
        }
        int hash = hash(at);
        int candidate = last[hash];
        previous[at] = candidate;
        last[hash] = at;
        int best = EfiFormat.MIN_MATCH - 1;
        int oldest = Math.max(0, at - window);
        for (int i = 0; i < MAX_CANDIDATES && candidate >= oldest && best < maxLength; i++) {
            int length = matchLength(candidate, at, maxLength);
            if (length > best) {
                best = length;
                symbol = EfiSymbol.match(length, at - candidate - 1);
            }
            candidate = previous[candidate];
        }
        return symbol;
    }

    private int matchLength(int candidate, int at, int maxLength) {
        int mismatch =
                Arrays.mismatch(data, candidate, candidate + maxLength, data, at, at + maxLength);
        return mismatch < 0 ? maxLength : mismatch;
    }

    private int hash(int at) {
        int bytes = (data[at] & 0xff) | ((data[at + 1] & 0xff) << 8) | (data[at + 2] << 16);
        return (bytes * 0x9e37_79b1) >>> (Integer.SIZE - HASH_BITS);
    }
}
