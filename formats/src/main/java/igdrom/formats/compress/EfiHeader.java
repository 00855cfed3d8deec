package igdrom.formats.compress;

import igdrom.bytes.Cursor;
import igdrom.bytes.Image;
import igdrom.bytes.Place;

/// What stands before an EFI 1.1 or Tiano stream.
///
/// Spec: UEFI 2.11, "Compression Algorithm Specification", "Compressed Data Format".
record EfiHeader(long compressedSize, long originalSize) {
    static final int SIZE = 8;

    static EfiHeader read(Image packed, Place place) {
        Cursor in = new Cursor(packed, place);
        return new EfiHeader(in.u32("Compressed Size"), in.u32("Original Size"));
    }
}
