package igdrom.formats.opregion;

import igdrom.bytes.Finding;
import igdrom.bytes.Findings;
import igdrom.bytes.Image;
import igdrom.bytes.Place;
import igdrom.bytes.Problem;
import igdrom.formats.vbt.Vbt;
import org.jspecify.annotations.Nullable;

/// Where the VBT is, and what is odd about an OpRegion that reads well.
///
/// Source: Linux, intel_opregion.c, `intel_opregion_setup`.
final class OpRegionRules {
    /// Lunar Lake has 3.2.
    static final int NEWEST_MAJOR = 3;

    private OpRegionRules() {}

    static void check(OpRegionHeader header, Place place, Findings findings) {
        if (header.sizeKb() != OpRegion.SIZE / 1024) {
            findings.add(
                    Finding.odd(
                            place,
                            OpRegionHeader.SIZE_OFFSET,
                            Problem.of("Size is %d KiB, an OpRegion has 8", header.sizeKb())));
        }
        if (header.major() < 1 || header.major() > NEWEST_MAJOR) {
            findings.add(
                    Finding.odd(
                            place,
                            OpRegionHeader.MAJOR_OFFSET,
                            Problem.of("OVER is %s, known are 1.0 to 3.x", header.versionText())));
        }
    }

    static @Nullable VbtExtent locate(
            Image image, OpRegionHeader header, AsleMailbox asle, Place place, Findings findings) {
        VbtExtent behind = behind(image, header, asle, place, findings);
        if (behind != null) {
            return behind;
        }
        long offset = Mailbox.VBT.offset();
        // Source: Linux, as above: on some Cherry Trail boards the VBT goes on into mailbox 5 when
        // that is not used.
        long end =
                header.has(Mailbox.ASLE_EXTENSION)
                        ? Mailbox.ASLE_EXTENSION.offset()
                        : OpRegion.SIZE;
        Image room = image.slice(offset, end - offset);
        if (!Vbt.looksLikeVbt(room, 0)) {
            findings.add(Finding.broken(place, offset, "no VBT in mailbox 4 or behind RVDA"));
            return null;
        }
        return new VbtExtent(offset, Vbt.sizeAt(room, 0));
    }

    private static @Nullable VbtExtent behind(
            Image image, OpRegionHeader header, AsleMailbox asle, Place place, Findings findings) {
        long offset = asle.vbtAddress();
        long size = asle.vbtSize();
        if (!header.isAtLeast(2, 0) || !header.has(Mailbox.ASLE) || offset == 0 || size == 0) {
            return null;
        }
        long at = Mailbox.ASLE.offset() + AsleMailbox.RVDA;
        String problem;
        if (!header.isAtLeast(2, 1)) {
            problem = Problem.of("RVDA is the physical address 0x%x, not in these bytes", offset);
        } else if (Long.compareUnsigned(offset, image.size()) > 0 || size > image.size() - offset) {
            problem =
                    Problem.of(
                            "RVDA 0x%x and RVDS 0x%x lead beyond the end at 0x%x",
                            offset, size, image.size());
        } else if (!Vbt.looksLikeVbt(image.slice(offset, size), 0)) {
            problem = Problem.of("RVDA is 0x%x, no VBT is there", offset);
        } else {
            if (offset < OpRegion.SIZE) {
                findings.add(
                        Finding.odd(
                                place,
                                at,
                                Problem.of("RVDA is 0x%x, inside the OpRegion", offset)));
            }
            return new VbtExtent(offset, size);
        }
        findings.add(Finding.broken(place, at, problem));
        return null;
    }
}
