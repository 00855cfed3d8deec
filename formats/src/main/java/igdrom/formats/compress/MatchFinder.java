package igdrom.formats.compress;

import java.util.Arrays;

/// Finds for every position what stood there before within the window: each length with its
/// smallest distance.
final class MatchFinder {
    static final int SHORTEST = 3;
    static final int LONGEST = 256;

    /// How many earlier places are tried for one position.
    private static final int DEPTH = 512;

    private static final int HASH_BITS = 16;
    private static final int DISTANCE_BITS = 20;
    private static final int DISTANCE_MASK = (1 << DISTANCE_BITS) - 1;

    private final byte[] data;
    private final int window;
    private final int[] head = new int[1 << HASH_BITS];
    private final int[] before;

    /// The matches of a position are those from its start to the next one's.
    private final int[] starts;

    private int[] matches;

    /// @param window the largest distance
    MatchFinder(byte[] data, int window) {
        this.data = data;
        this.window = window;
        this.before = new int[data.length];
        this.starts = new int[data.length + 1];
        this.matches = new int[Math.max(16, data.length)];
        Arrays.fill(head, -1);
        int count = 0;
        for (int at = 0; at < data.length; at++) {
            starts[at] = count;
            if (matches.length - count < LONGEST) {
                matches = Arrays.copyOf(matches, matches.length + matches.length / 2 + LONGEST);
            }
            if (data.length - at >= SHORTEST) {
                count = find(at, count);
            }
        }
        starts[data.length] = count;
    }

    /// The index of the first match at `at`: its shortest and nearest.
    int start(int at) {
        return starts[at];
    }

    int length(int index) {
        return matches[index] >>> DISTANCE_BITS;
    }

    /// How far back, less one.
    int position(int index) {
        return matches[index] & DISTANCE_MASK;
    }

    private int find(int at, int firstIndex) {
        int index = firstIndex;
        int most = Math.min(LONGEST, data.length - at);
        int hash = hash(at);
        int best = SHORTEST - 1;
        int oldest = Math.max(0, at - window);
        int tries = DEPTH;
        int candidate = head[hash];
        while (candidate >= oldest && tries-- > 0 && best < most) {
            if (data[candidate + best] == data[at + best]) {
                int length =
                        Arrays.mismatch(data, candidate, candidate + most, data, at, at + most);
                length = length < 0 ? most : length;
                if (length > best) {
                    best = length;
                    matches[index++] = (length << DISTANCE_BITS) | (at - candidate - 1);
                }
            }
            candidate = before[candidate];
        }
        before[at] = head[hash];
        head[hash] = at;
        return index;
    }

    private int hash(int at) {
        int three = (data[at] & 0xff) | ((data[at + 1] & 0xff) << 8) | (data[at + 2] << 16);
        return (three * 0x9e37_79b1) >>> (Integer.SIZE - HASH_BITS);
    }
}
