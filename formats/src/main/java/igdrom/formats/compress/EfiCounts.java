package igdrom.formats.compress;

/// How often each symbol occurs in a stretch of literals and matches.
final class EfiCounts {
    /// A position of the largest window has this many bits at most.
    static final int SLOTS = 21;

    final int[] characters = new int[EfiFormat.CHARS];
    final int[] slots = new int[SLOTS];
    int symbols;
    int matches;

    /// Bits of positions behind their symbols.
    long positionBits;

    static EfiCounts of(EfiSymbols symbols, int from, int to) {
        EfiCounts counts = new EfiCounts();
        for (int i = from; i < to; i++) {
            counts.add(symbols.get(i));
        }
        return counts;
    }

    void add(int symbol) {
        characters[EfiSymbols.character(symbol)]++;
        symbols++;
        if (EfiSymbols.isMatch(symbol)) {
            int slot = EfiFormat.slot(EfiSymbols.position(symbol));
            slots[slot]++;
            matches++;
            positionBits += Math.max(0, slot - 1);
        }
    }
}
