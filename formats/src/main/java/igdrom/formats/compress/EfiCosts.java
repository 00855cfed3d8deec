package igdrom.formats.compress;

import java.util.Arrays;

/// What each symbol costs, in parts of a bit.
final class EfiCosts {
    private static final int UNIT = 32;

    final int[] characters = new int[EfiFormat.CHARS];

    /// With the bits of the position behind the symbol.
    final int[] slots = new int[EfiCounts.SLOTS];

    private EfiCosts() {}

    /// A guess to start from.
    static EfiCosts guess() {
        EfiCosts costs = new EfiCosts();
        Arrays.fill(costs.characters, 0, EfiFormat.LITERALS, 7 * UNIT);
        for (int i = EfiFormat.LITERALS; i < EfiFormat.CHARS; i++) {
            costs.characters[i] = (5 + EfiFormat.slot(i - EfiFormat.LITERALS)) * UNIT;
        }
        Arrays.fill(costs.slots, 3 * UNIT);
        costs.addPositions();
        return costs;
    }

    /// What an ideal code for these counts would take.
    static EfiCosts of(EfiCounts counts) {
        EfiCosts costs = new EfiCosts();
        ideal(counts.characters, counts.symbols, costs.characters);
        ideal(counts.slots, counts.matches, costs.slots);
        costs.addPositions();
        return costs;
    }

    private static void ideal(int[] counts, int total, int[] costs) {
        int all = Log2.of(Math.max(2, total));
        for (int i = 0; i < counts.length; i++) {
            // What does not occur would at least have to get a code.
            int bits = counts[i] == 0 ? all + 2 * Log2.ONE : all - Log2.of(counts[i]);
            costs[i] = bits / (Log2.ONE / UNIT);
        }
    }

    private void addPositions() {
        for (int slot = 2; slot < slots.length; slot++) {
            slots[slot] += (slot - 1) * UNIT;
        }
    }
}
