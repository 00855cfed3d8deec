package igdrom.formats.fv;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import java.util.Optional;

/// The extended header of a volume, which names it.
///
/// Spec: PI 1.9 volume 3, "EFI_FIRMWARE_VOLUME_EXT_HEADER".
///
/// @param end the offset of the first byte after it, from the start of the volume
record ExtendedHeader(Guid name, long end) {
    private static final int MIN_SIZE = 20;
    private static final int SIZE_OFFSET = 16;
    private static final int POINTER_OFFSET = 0x34;

    /// Reads the extended header that `header` points to; empty when it points to none, or to an
    /// impossible offset.
    static Optional<ExtendedHeader> read(
            Image volume, VolumeHeader header, Location location, Diagnostics diagnostics) {
        long offset = header.extHeaderOffset();
        if (offset == 0) {
            return Optional.empty();
        }
        if (offset < header.headerLength()) {
            // Observed: Phoenix, in volumes of revision 1.
            diagnostics.odd(
                    location,
                    POINTER_OFFSET,
                    "ExtHeaderOffset is 0x%x, inside the header of 0x%x bytes",
                    offset,
                    header.headerLength());
            return Optional.empty();
        }
        long left = volume.size() - offset;
        if (left < MIN_SIZE) {
            diagnostics.odd(
                    location,
                    POINTER_OFFSET,
                    "ExtHeaderOffset is 0x%x, the volume has 0x%x bytes",
                    offset,
                    volume.size());
            return Optional.empty();
        }
        long size = volume.u32(offset + SIZE_OFFSET);
        if (size < MIN_SIZE || size > left) {
            diagnostics.odd(
                    location,
                    offset + SIZE_OFFSET,
                    "ExtHeaderSize is 0x%x, expected 0x%x to 0x%x",
                    size,
                    MIN_SIZE,
                    left);
            size = MIN_SIZE;
        }
        return Optional.of(new ExtendedHeader(volume.guid(offset), offset + size));
    }
}
