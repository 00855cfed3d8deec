package igdrom.formats.compress;

import java.util.Arrays;

/// Computes the code lengths of a Huffman code, limited to [HuffmanTable#MAX_LENGTH].
final class HuffmanLengths {
    private static final int SYMBOL_BITS = 10;
    private static final int SYMBOL_MASK = (1 << SYMBOL_BITS) - 1;

    private HuffmanLengths() {}

    /// One length per symbol, 0 for symbols that do not occur. A single symbol has length 0 too.
    static byte[] of(int[] frequencies) {
        byte[] lengths = new byte[frequencies.length];
        int[] flattened = frequencies;
        while (!build(flattened, lengths)) {
            // A code is too long: make rare symbols relatively more frequent.
            flattened = flattened.clone();
            for (int i = 0; i < flattened.length; i++) {
                flattened[i] = (flattened[i] + 1) / 2;
            }
        }
        return lengths;
    }

    /// Fills `lengths`; false if a code is too long.
    private static boolean build(int[] frequencies, byte[] lengths) {
        long[] leaves = new long[frequencies.length];
        int count = 0;
        for (int symbol = 0; symbol < frequencies.length; symbol++) {
            if (frequencies[symbol] != 0) {
                leaves[count++] = ((long) frequencies[symbol] << SYMBOL_BITS) | symbol;
            }
        }
        if (count < 2) {
            return true;
        }
        Arrays.sort(leaves, 0, count);
        int[] parents = parents(leaves, count);
        int[] depth = new int[2 * count - 1];
        for (int node = 2 * count - 3; node >= 0; node--) {
            depth[node] = depth[parents[node]] + 1;
            if (node < count) {
                lengths[(int) leaves[node] & SYMBOL_MASK] = (byte) depth[node];
                if (depth[node] > HuffmanTable.MAX_LENGTH) {
                    return false;
                }
            }
        }
        return true;
    }

    /// Joins the two lightest nodes until one is left. Since joined nodes get heavier and heavier,
    /// two queues suffice: the sorted leaves, and the joined nodes.
    private static int[] parents(long[] leaves, int count) {
        long[] weights = new long[2 * count - 1];
        for (int i = 0; i < count; i++) {
            weights[i] = leaves[i] >>> SYMBOL_BITS;
        }
        int[] parents = new int[2 * count - 1];
        int leaf = 0;
        int joined = count;
        for (int node = count; node < weights.length; node++) {
            for (int child = 0; child < 2; child++) {
                boolean takeLeaf =
                        leaf < count && (joined == node || weights[leaf] <= weights[joined]);
                int taken = takeLeaf ? leaf++ : joined++;
                parents[taken] = node;
                weights[node] += weights[taken];
            }
        }
        return parents;
    }
}
