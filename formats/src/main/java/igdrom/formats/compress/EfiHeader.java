package igdrom.formats.compress;

import igdrom.bytes.Cursor;
import igdrom.bytes.Image;
import igdrom.bytes.Location;

/// The header of an EFI 1.1 or Tiano stream.
///
/// Spec: UEFI 2.11, "Compression Algorithm Specification", "Compressed Data Format".
record EfiHeader(long compressedSize, long originalSize) {
    static final int SIZE = 8;

    static EfiHeader read(Image compressed, Location location) {
        Cursor in = new Cursor(compressed, location);
        return new EfiHeader(in.u32("Compressed Size"), in.u32("Original Size"));
    }
}
