package igdrom.formats.compress;

import igdrom.bytes.Cursor;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

/// The header of an LZMA stream.
///
/// Source: LZMA SDK, "lzma-specification.txt", "LZMA file format"; for its use in sections EDK2,
/// MdeModulePkg/Library/LzmaCustomDecompressLib.
///
/// @param literalContextBits lc: the high bits of the previous byte that select the model of a
///   literal
/// @param literalPositionBits lp: the low bits of the position that select the model of a literal
/// @param positionBits pb: the low bits of the position that select the other models
/// @param dictionarySize the limit of distances
/// @param size of the decompressed data
record LzmaHeader(
        int literalContextBits,
        int literalPositionBits,
        int positionBits,
        long dictionarySize,
        long size) {
    static final int SIZE = 13;
    private static final int MAX_PROPERTIES = 9 * 5 * 5 - 1;

    static LzmaHeader read(Image compressed, Location location) {
        Cursor in = new Cursor(compressed, location);
        int properties = in.u8("Properties");
        if (properties > MAX_PROPERTIES) {
            throw new MalformedImageException(
                    location,
                    0,
                    "Properties is 0x%02x, the maximum is 0x%02x",
                    properties,
                    MAX_PROPERTIES);
        }
        long dictionarySize = in.u32("DictionarySize");
        long size = in.u64("UncompressedSize");
        if (size == -1) {
            throw in.malformed(5, "UncompressedSize is unknown, which is not supported");
        }
        return new LzmaHeader(
                properties % 9, properties / 9 % 5, properties / 9 / 5, dictionarySize, size);
    }
}
