package igdrom.formats.compress;

import java.util.Arrays;

/// Divides a part of data into the literals and matches whose codes take the fewest bits.
///
/// The codes follow from the symbols, and the best symbols from the codes: each pass uses the codes
/// of the one before.
final class EfiParser {
    /// Observed: a fourth pass gains less than a thousandth.
    private static final int PASSES = 3;

    private final byte[] data;
    private final int start;

    /// For each offset, from `start` on, the matches there, as in [MatchFinder#find].
    private final int[][] matches;

    EfiParser(byte[] data, int start, int[][] matches) {
        this.data = data;
        this.start = start;
        this.matches = matches;
    }

    /// The best block for the data from one offset to another.
    EfiBlock parse(int from, int to) {
        EfiBlock block = EfiBlock.EMPTY;
        for (int pass = 0; pass < PASSES; pass++) {
            block = new EfiBlock(cheapest(from, to, block));
        }
        return block;
    }

    /// The symbols that take the fewest bits in the codes of a block, found from the end backward.
    private int[] cheapest(int from, int to, EfiBlock codes) {
        int length = to - from;
        int[] bits = new int[length + 1];
        int[] symbols = new int[length];
        for (int at = length - 1; at >= 0; at--) {
            symbols[at] = EfiSymbol.literal(data[from + at]);
            bits[at] = bits[at + 1] + codes.bits(symbols[at]);
            int shortest = EfiFormat.MIN_MATCH;
            for (int match : matches[from + at - start]) {
                int longest = Math.min(EfiSymbol.length(match), length - at);
                if (longest == EfiFormat.MAX_MATCH) {
                    // Not worth a comparison with all shorter ones, in long runs least of all.
                    shortest = longest;
                }
                for (; shortest <= longest; shortest++) {
                    int symbol = EfiSymbol.match(shortest, EfiSymbol.position(match));
                    int sum = bits[at + shortest] + codes.bits(symbol);
                    if (sum < bits[at]) {
                        bits[at] = sum;
                        symbols[at] = symbol;
                    }
                }
            }
        }
        int count = 0;
        for (int at = 0; at < length; count++) {
            symbols[count] = symbols[at];
            at += EfiSymbol.length(symbols[count]);
        }
        return Arrays.copyOf(symbols, count);
    }
}
