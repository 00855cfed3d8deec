package igdrom.formats.compress;

import java.util.Arrays;

/// Divides data into the literals and matches that cost least.
final class EfiParser {
    /// So many bytes are looked at together, for costs are sums in an `int`.
    private static final int STRETCH = 1 << 20;

    private final byte[] data;
    private final MatchFinder finder;

    EfiParser(byte[] data, int window) {
        this.data = data;
        this.finder = new MatchFinder(data, window);
    }

    EfiSymbols parse(int from, int to, EfiCosts costs) {
        EfiSymbols symbols = new EfiSymbols();
        for (int at = from; at < to; at += STRETCH) {
            cheapest(at, Math.min(to, at + STRETCH), costs, symbols);
        }
        return symbols;
    }

    private void cheapest(int from, int to, EfiCosts costs, EfiSymbols symbols) {
        int size = to - from;
        int[] best = new int[size + 1];
        int[] last = new int[size + 1];
        Arrays.fill(best, 1, best.length, Integer.MAX_VALUE);
        for (int i = 0; i < size; i++) {
            int literal = data[from + i] & 0xff;
            int cost = best[i] + costs.characters[literal];
            if (cost < best[i + 1]) {
                best[i + 1] = cost;
                last[i + 1] = EfiSymbols.literal(literal);
            }
            matches(from, i, size, costs, best, last);
        }
        int first = symbols.size();
        for (int i = size; i > 0; i -= EfiSymbols.length(last[i])) {
            symbols.add(last[i]);
        }
        symbols.reverse(first);
    }

    private void matches(int from, int i, int size, EfiCosts costs, int[] best, int[] last) {
        int firstMatch = finder.start(from + i);
        int top = Integer.MAX_VALUE;
        int topPosition = 0;
        // From the longest down: a shorter match may also begin where a longer one does.
        for (int index = finder.start(from + i + 1) - 1; index >= firstMatch; index--) {
            int position = finder.position(index);
            int positionCost = costs.slots[EfiFormat.slot(position)];
            if (positionCost <= top) {
                top = positionCost;
                topPosition = position;
            }
            int length = Math.min(finder.length(index), size - i);
            int shortest =
                    index > firstMatch ? finder.length(index - 1) + 1 : EfiFormat.SHORTEST_MATCH;
            if (length == EfiFormat.LONGEST_MATCH) {
                // In long runs every length would be tried at every place.
                shortest = Math.max(shortest, length - 1);
            }
            int start = best[i] + top;
            for (; length >= shortest; length--) {
                int character = EfiFormat.LITERALS + length - EfiFormat.SHORTEST_MATCH;
                int cost = start + costs.characters[character];
                if (cost < best[i + length]) {
                    best[i + length] = cost;
                    last[i + length] = EfiSymbols.match(length, topPosition);
                }
            }
        }
    }
}
