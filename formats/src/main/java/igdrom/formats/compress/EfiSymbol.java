package igdrom.formats.compress;

/// A symbol of the sequence that EFI 1.1 and Tiano encode: a literal or a match, as an `int`. It
/// consists of a symbol of the Char&Len Set and, for a match, the distance less one, which the
/// specification calls position.
final class EfiSymbol {
    private static final int POSITION_BITS = 20;
    private static final int POSITION_MASK = (1 << POSITION_BITS) - 1;

    private EfiSymbol() {}

    static int literal(byte value) {
        return (value & 0xff) << POSITION_BITS;
    }

    static int match(int length, int position) {
        int character = EfiFormat.LITERALS + length - EfiFormat.MIN_MATCH;
        return (character << POSITION_BITS) | position;
    }

    /// The symbol of the Char&Len Set.
    static int character(int symbol) {
        return symbol >>> POSITION_BITS;
    }

    static boolean isMatch(int symbol) {
        return character(symbol) >= EfiFormat.LITERALS;
    }

    static int position(int symbol) {
        return symbol & POSITION_MASK;
    }

    /// The number of bytes that the symbol stands for.
    static int length(int symbol) {
        return isMatch(symbol) ? character(symbol) - EfiFormat.LITERALS + EfiFormat.MIN_MATCH : 1;
    }
}
