package igdrom.formats.compress;

import igdrom.bytes.Cursor;
import igdrom.bytes.Image;
import igdrom.bytes.Location;

/// What stands before an LZMA stream.
///
/// Source: LZMA SDK, "lzma-specification.txt", "LZMA file format"; EDK2,
/// MdeModulePkg/Library/LzmaCustomDecompressLib, for its use in sections.
///
/// @param literalContext how many high bits of the byte before choose a literal's model (lc)
/// @param literalPosition how many low bits of the position do (lp)
/// @param position how many low bits of the position choose the other models (pb)
record LzmaHeader(
        int literalContext, int literalPosition, int position, long dictionary, long size) {
    static final int SIZE = 13;
    private static final int PROPERTIES = 9 * 5 * 5;

    static LzmaHeader read(Image packed, Location location) {
        Cursor in = new Cursor(packed, location);
        int properties = in.u8("Properties");
        if (properties >= PROPERTIES) {
            throw in.malformed(
                    0, String.format("Properties is 0x%02x, the most is 0xe0", properties));
        }
        long dictionary = in.u32("DictionarySize");
        long size = in.u64("UncompressedSize");
        if (size == -1) {
            throw in.malformed(5, "UncompressedSize is unknown, which firmware does not use");
        }
        return new LzmaHeader(
                properties % 9, properties / 9 % 5, properties / 9 / 5, dictionary, size);
    }
}
