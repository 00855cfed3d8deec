package igdrom.firmware;

import igdrom.bytes.Image;

/// Bytes that occur at a fixed offset in every instance of a structure.
///
/// @param offset from the start of the structure
/// @param bytes at least two: the search looks for the first two
record Signature(long offset, Image bytes) {
    Signature {
        if (bytes.size() < 2) {
            throw new IllegalArgumentException("a signature has at least two bytes");
        }
    }

    /// A signature in ASCII.
    static Signature ofAscii(long offset, String text) {
        return new Signature(offset, Image.ofAscii(text));
    }

    /// A signature in hexadecimal.
    static Signature ofHex(long offset, String bytes) {
        return new Signature(offset, Image.ofHex(bytes));
    }
}
