package igdrom.formats.opregion;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.formats.vbt.Vbt;
import org.jspecify.annotations.Nullable;

/// Where the VBT is, and what is odd about an OpRegion that reads well.
///
/// Source: Linux, intel_opregion.c, `intel_opregion_setup`.
final class OpRegionChecks {
    /// Lunar Lake has 3.2.
    static final int NEWEST_MAJOR = 3;

    private OpRegionChecks() {}

    static void check(OpRegionHeader header, Location location, Diagnostics diagnostics) {
        if (header.sizeKb() != OpRegion.SIZE / 1024) {
            diagnostics.add(
                    Diagnostic.odd(location, OpRegionHeader.SIZE_OFFSET, wrongSize(header)));
        }
        if (header.major() < 1 || header.major() > NEWEST_MAJOR) {
            diagnostics.add(
                    Diagnostic.odd(location, OpRegionHeader.MAJOR_OFFSET, wrongVersion(header)));
        }
    }

    static @Nullable VbtExtent locate(
            Image image,
            OpRegionHeader header,
            AsleMailbox asle,
            Location location,
            Diagnostics diagnostics) {
        VbtExtent behind = behind(image, header, asle, location, diagnostics);
        if (behind != null) {
            return behind;
        }
        long offset = Mailbox.VBT.offset();
        Image room = image.slice(offset, header.mailbox4End() - offset);
        if (!Vbt.looksLikeVbt(room, 0)) {
            diagnostics.add(noVbt(location));
            return null;
        }
        return new VbtExtent(offset, Vbt.sizeAt(room, 0));
    }

    private static @Nullable VbtExtent behind(
            Image image,
            OpRegionHeader header,
            AsleMailbox asle,
            Location location,
            Diagnostics diagnostics) {
        VbtPointer pointer = VbtPointer.of(header, asle);
        if (pointer == null) {
            return null;
        }
        long offset = pointer.address();
        long size = pointer.size();
        long at = Mailbox.ASLE.offset() + AsleMailbox.RVDA;
        String problem;
        if (!pointer.relative()) {
            problem = physical(offset);
        } else if (Long.compareUnsigned(offset, image.size()) > 0 || size > image.size() - offset) {
            problem = beyond(offset, size, image);
        } else if (!Vbt.looksLikeVbt(image.slice(offset, size), 0)) {
            problem = nothing(offset);
        } else {
            if (offset < OpRegion.SIZE) {
                diagnostics.add(
                        Diagnostic.odd(
                                location,
                                at,
                                String.format("RVDA is 0x%x, inside the OpRegion", offset)));
            }
            return new VbtExtent(offset, size);
        }
        diagnostics.add(Diagnostic.broken(location, at, problem));
        return null;
    }

    private static Diagnostic noVbt(Location location) {
        return Diagnostic.broken(
                location, Mailbox.VBT.offset(), "no VBT in mailbox 4 or behind RVDA");
    }

    static String wrongSize(OpRegionHeader header) {
        return String.format("Size is %d KiB, an OpRegion has 8", header.sizeKb());
    }

    static String wrongVersion(OpRegionHeader header) {
        return String.format("OVER is %s, known are 1.0 to 3.x", header.versionText());
    }

    static String physical(long address) {
        return String.format("RVDA is the physical address 0x%x, not in these bytes", address);
    }

    static String nothing(long offset) {
        return String.format("RVDA is 0x%x, no VBT is there", offset);
    }

    static String beyond(long offset, long size, Image image) {
        return String.format(
                "RVDA 0x%x and RVDS 0x%x lead beyond the end at 0x%x", offset, size, image.size());
    }
}
