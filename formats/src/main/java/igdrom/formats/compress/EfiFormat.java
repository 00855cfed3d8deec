package igdrom.formats.compress;

/// The sizes that both directions of EFI 1.1 and Tiano share.
///
/// Spec: UEFI 2.11, "Compression Algorithm Specification". Source: EDK2,
/// BaseTools/Source/C/Common/TianoCompress.c, for the window of Tiano.
final class EfiFormat {
    static final int LITERALS = 256;
    static final int SHORTEST_MATCH = 3;
    static final int LONGEST_MATCH = 256;

    /// The symbols of the Char&Len Set: a byte, or the length of a match.
    static final int CHARS = LITERALS + LONGEST_MATCH - SHORTEST_MATCH + 1;

    static final int CHAR_COUNT_BITS = 9;

    /// The symbols of the Extra Set, which codes the code lengths of the Char&Len Set.
    static final int EXTRAS = 19;

    static final int EXTRA_COUNT_BITS = 5;

    /// After this many lengths of the Extra Set, two bits count zeros.
    static final int EXTRA_GAP = 3;

    /// Symbols of the Extra Set below this one are runs of zeros, the rest are lengths.
    static final int FIRST_LENGTH = 2;

    static final int NO_GAP = -1;
    static final int BLOCK_SIZE_BITS = 16;

    /// The most symbols a block may have.
    static final int LARGEST_BLOCK = (1 << BLOCK_SIZE_BITS) - 1;

    private EfiFormat() {}

    /// The width of the field that counts the codes of the Position Set: the one difference.
    static int positionCountBits(Codec codec) {
        return codec == Codec.TIANO ? 5 : 4;
    }

    /// How far back a match may begin when we pack.
    static int window(Codec codec) {
        return codec == Codec.TIANO ? 1 << 19 : 1 << 13;
    }

    /// The symbol of the Position Set for a match `position + 1` bytes back: how many bits the
    /// position has. All but the first of these bits follow the symbol.
    static int slot(int position) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(position);
    }
}
