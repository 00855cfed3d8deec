package igdrom.formats.compress;

import igdrom.bytes.Cursor;
import igdrom.bytes.Image;
import igdrom.bytes.Location;

/// What stands before an EFI 1.1 or Tiano stream.
///
/// Spec: UEFI 2.11, "Compression Algorithm Specification", "Compressed Data Format".
record EfiHeader(long compressedSize, long originalSize) {
    static final int SIZE = 8;

    static EfiHeader read(Image packed, Location location) {
        Cursor in = new Cursor(packed, location);
        return new EfiHeader(in.u32("Compressed Size"), in.u32("Original Size"));
    }
}
