package igdrom.formats.opregion;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.formats.vbt.Vbt;
import org.jspecify.annotations.Nullable;

/// Locates the VBT of an OpRegion and reports what is wrong with one that can be read.
///
/// Source: Linux, intel_opregion.c, `intel_opregion_setup`.
final class OpRegionChecks {
    /// The highest known major version. Observed: Lunar Lake has 3.2.
    static final int MAX_MAJOR = 3;

    private static final long RVDA_OFFSET = Mailbox.ASLE.offset() + AsleMailbox.RVDA;

    private OpRegionChecks() {}

    static void checkHeader(OpRegionHeader header, Location location, Diagnostics diagnostics) {
        if (header.sizeKb() != OpRegion.SIZE / 1024) {
            diagnostics.odd(
                    location,
                    OpRegionHeader.SIZE_OFFSET,
                    "Size is %d KiB, an OpRegion has 8",
                    header.sizeKb());
        }
        if (header.major() < 1 || header.major() > MAX_MAJOR) {
            diagnostics.odd(
                    location,
                    OpRegionHeader.MAJOR_OFFSET,
                    "OVER is %s, known are 1.0 to 3.x",
                    header.versionText());
        }
    }

    /// The VBT at RVDA, else the one in mailbox 4, else null.
    static @Nullable VbtExtent locate(
            Image image,
            OpRegionHeader header,
            AsleMailbox asle,
            Location location,
            Diagnostics diagnostics) {
        VbtPointer pointer = VbtPointer.of(header, asle);
        if (pointer != null && checkPointer(image, pointer, location, diagnostics)) {
            return new VbtExtent(pointer.address(), pointer.size());
        }
        long offset = Mailbox.VBT.offset();
        Image mailbox = image.slice(offset, header.mailbox4End() - offset);
        long size = Vbt.looksLikeVbt(mailbox, 0) ? Vbt.sizeAt(mailbox, 0) : 0;
        // Its own size may leave no room for the header of its BDB.
        if (!Vbt.looksLikeVbt(mailbox.slice(0, size), 0)) {
            diagnostics.broken(location, offset, "no VBT in mailbox 4 or where RVDA points");
            return null;
        }
        return new VbtExtent(offset, size);
    }

    /// Whether `pointer` points to a VBT in `image`.
    private static boolean checkPointer(
            Image image, VbtPointer pointer, Location location, Diagnostics diagnostics) {
        long offset = pointer.address();
        long size = pointer.size();
        if (!pointer.relative()) {
            diagnostics.broken(
                    location,
                    RVDA_OFFSET,
                    "RVDA is the physical address 0x%x, not in these bytes",
                    offset);
            return false;
        }
        if (Long.compareUnsigned(offset, image.size()) > 0 || size > image.size() - offset) {
            diagnostics.broken(
                    location,
                    RVDA_OFFSET,
                    "RVDA 0x%x and RVDS 0x%x extend beyond the end at 0x%x",
                    offset,
                    size,
                    image.size());
            return false;
        }
        if (!Vbt.looksLikeVbt(image.slice(offset, size), 0)) {
            diagnostics.broken(
                    location, RVDA_OFFSET, "RVDA is 0x%x, expected the offset of a VBT", offset);
            return false;
        }
        if (offset < OpRegion.SIZE) {
            diagnostics.odd(location, RVDA_OFFSET, "RVDA is 0x%x, inside the OpRegion", offset);
        }
        return true;
    }
}
