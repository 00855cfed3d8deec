package igdrom.formats.compress;

import java.util.Arrays;

/// Decides where a sequence of symbols is cut into blocks: short ones follow the data better, long
/// ones have fewer headers.
final class EfiSplitter {
    /// Cuts are made at multiples of so many symbols, or of more when there are very many.
    private static final int GRAIN = 256;

    private static final int MOST_GRAINS = 1 << 10;

    /// The counts of lengths in a block's header and the code lengths of the Extra Set.
    private static final int FIXED_HEADER_BITS = 100;

    private static final int POSITION_CODE_BITS = 4;

    private EfiSplitter() {}

    /// The index of the first symbol of each block, and the number of symbols at the end.
    static int[] cuts(EfiSymbols symbols) {
        int grain = Math.max(GRAIN, symbols.size() / MOST_GRAINS);
        int grains = (symbols.size() + grain - 1) / grain;
        long[] best = new long[grains + 1];
        int[] start = new int[grains + 1];
        Arrays.fill(best, 1, best.length, Long.MAX_VALUE);
        for (int from = 0; from < grains; from++) {
            EfiCounts counts = new EfiCounts();
            for (int to = from; to < grains; to++) {
                int end = Math.min(symbols.size(), (to + 1) * grain);
                if (end - from * grain > EfiFormat.LARGEST_BLOCK) {
                    break;
                }
                for (int i = to * grain; i < end; i++) {
                    counts.add(symbols.get(i));
                }
                long cost = best[from] + cost(counts);
                if (cost < best[to + 1]) {
                    best[to + 1] = cost;
                    start[to + 1] = from;
                }
            }
        }
        return cuts(start, grain, symbols.size());
    }

    private static int[] cuts(int[] start, int grain, int size) {
        int blocks = 0;
        for (int at = start.length - 1; at > 0; at = start[at]) {
            blocks++;
        }
        int[] cuts = new int[blocks + 1];
        cuts[blocks] = size;
        for (int at = start.length - 1; at > 0; at = start[at]) {
            cuts[--blocks] = start[at] * grain;
        }
        return cuts;
    }

    /// About what a block of these symbols takes, in the unit of [Log2].
    private static long cost(EfiCounts counts) {
        int[] extras = new int[EfiFormat.EXTRAS];
        int lengths = 0;
        int zeros = 0;
        int all = Log2.of(counts.symbols);
        for (int count : counts.characters) {
            if (count == 0) {
                zeros++;
                continue;
            }
            if (zeros != 0) {
                extras[zeros < 3 ? 0 : zeros < 20 ? 1 : 2]++;
                lengths++;
                zeros = 0;
            }
            int length = (all - Log2.of(count) + Log2.ONE / 2) / Log2.ONE;
            extras[EfiFormat.FIRST_LENGTH + Math.clamp(length, 1, HuffmanTable.MAX_LENGTH)]++;
            lengths++;
        }
        int slots = 0;
        for (int count : counts.slots) {
            slots += count != 0 ? 1 : 0;
        }
        return ideal(counts.characters, counts.symbols)
                + ideal(counts.slots, counts.matches)
                + ideal(extras, lengths)
                + (FIXED_HEADER_BITS + 4 * extras[1] + 9 * extras[2] + POSITION_CODE_BITS * slots)
                        * (long) Log2.ONE;
    }

    private static long ideal(int[] counts, int total) {
        long bits = (long) total * Log2.of(total);
        for (int count : counts) {
            bits -= (long) count * Log2.of(count);
        }
        return bits;
    }
}
