package igdrom.formats.compress;

/// Constants of EFI 1.1 and Tiano that encoder and decoder share.
///
/// Spec: UEFI 2.11, "Compression Algorithm Specification". Source: EDK2,
/// BaseTools/Source/C/Common/TianoCompress.c, for the window of Tiano.
final class EfiFormat {
    static final int LITERALS = 256;
    static final int MIN_MATCH = 3;
    static final int MAX_MATCH = 256;

    /// The number of symbols of the Char&Len Set: all bytes, and all lengths of matches.
    static final int CHARS = LITERALS + MAX_MATCH - MIN_MATCH + 1;

    static final int CHAR_COUNT_BITS = 9;

    /// The number of symbols of the Extra Set, which encodes the code lengths of the Char&Len Set.
    static final int EXTRAS = 19;

    static final int EXTRA_COUNT_BITS = 5;

    /// The number of code lengths of the Extra Set after which two bits count additional zeros.
    static final int EXTRA_GAP = 3;

    /// The first symbol of the Extra Set that is a length; those below are runs of zeros.
    static final int FIRST_LENGTH = 2;

    static final int NO_GAP = -1;

    /// The number of symbols of the Position Set that the larger window needs.
    static final int MAX_SLOTS = 21;

    static final int BLOCK_SIZE_BITS = 16;

    static final int MAX_BLOCK_SYMBOLS = (1 << BLOCK_SIZE_BITS) - 1;

    private EfiFormat() {}

    /// The width of the field that counts the codes of the Position Set: the only difference
    /// between the two formats.
    static int positionCountBits(Codec codec) {
        return codec == Codec.TIANO ? 5 : 4;
    }

    /// The maximum distance of a match in our streams.
    static int window(Codec codec) {
        return codec == Codec.TIANO ? 1 << 19 : 1 << 13;
    }

    /// The symbol of the Position Set for a position: its number of bits. All of these bits except
    /// the first follow the symbol.
    static int slot(int position) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(position);
    }
}
