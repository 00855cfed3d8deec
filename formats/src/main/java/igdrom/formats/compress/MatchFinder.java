package igdrom.formats.compress;

import java.util.Arrays;

/// Finds repetitions in data: for each offset the nearest match within the window of each length.
final class MatchFinder {
    /// The number of earlier offsets that are compared with an offset.
    private static final int MAX_CANDIDATES = 512;

    private static final int HASH_BITS = 16;

    private final byte[] data;
    private final int window;

    /// The last offset with a hash, and for each offset the previous one with the same hash.
    private final int[] last = new int[1 << HASH_BITS];

    private final int[] previous;

    /// The matches of one offset.
    private final int[] found = new int[EfiFormat.MAX_MATCH];

    MatchFinder(byte[] data, int window) {
        this.data = data;
        this.window = window;
        this.previous = new int[data.length];
        Arrays.fill(last, -1);
    }

    /// For each offset from one to another the matches, ever longer and ever farther away. To be
    /// called for one part of the data after the other.
    int[][] find(int from, int to) {
        int[][] matches = new int[to - from][];
        for (int at = from; at < to; at++) {
            matches[at - from] = find(at);
        }
        return matches;
    }

    private int[] find(int at) {
        int maxLength = Math.min(EfiFormat.MAX_MATCH, data.length - at);
        if (maxLength < EfiFormat.MIN_MATCH) {
            return new int[0];
        }
        int hash = hash(at);
        int candidate = last[hash];
        previous[at] = candidate;
        last[hash] = at;
        int best = EfiFormat.MIN_MATCH - 1;
        int count = 0;
        int oldest = Math.max(0, at - window);
        for (int i = 0; i < MAX_CANDIDATES && candidate >= oldest && best < maxLength; i++) {
            int length = matchLength(candidate, at, maxLength);
            if (length > best) {
                best = length;
                found[count++] = EfiSymbol.match(length, at - candidate - 1);
            }
            candidate = previous[candidate];
        }
        return Arrays.copyOf(found, count);
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
