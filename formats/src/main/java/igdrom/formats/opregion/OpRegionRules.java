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
            findings.add(Finding.odd(place, OpRegionHeader.SIZE_OFFSET, wrongSize(header)));
        }
        if (header.major() < 1 || header.major() > NEWEST_MAJOR) {
            findings.add(Finding.odd(place, OpRegionHeader.MAJOR_OFFSET, wrongVersion(header)));
        }
    }

    static @Nullable VbtExtent locate(
            Image image, OpRegionHeader header, AsleMailbox asle, Place place, Findings findings) {
        VbtExtent behind = behind(image, header, asle, place, findings);
        if (behind != null) {
            return behind;
        }
        long offset = Mailbox.VBT.offset();
        Image room = image.slice(offset, mailbox4End(header) - offset);
        if (!Vbt.looksLikeVbt(room, 0)) {
            findings.add(noVbt(place, Image.EMPTY));
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
            problem = physical(offset);
        } else if (Long.compareUnsigned(offset, image.size()) > 0 || size > image.size() - offset) {
            problem = beyond(offset, size, image);
        } else if (!Vbt.looksLikeVbt(image.slice(offset, size), 0)) {
            problem = nothing(offset);
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

    /// Where the room for a VBT in mailbox 4 ends.
    ///
    /// Source: Linux, as above: on some Cherry Trail boards the VBT goes on into mailbox 5 when
    /// that is not used.
    static long mailbox4End(OpRegionHeader header) {
        return header.has(Mailbox.ASLE_EXTENSION) ? Mailbox.ASLE_EXTENSION.offset() : OpRegion.SIZE;
    }

    /// @param behind what follows the 8 KiB without anything that leads there
    static Finding noVbt(Place place, Image behind) {
        return Finding.broken(
                place,
                Mailbox.VBT.offset(),
                Vbt.looksLikeVbt(behind, 0)
                        ? "no VBT in mailbox 4, and nothing leads to the one behind the OpRegion"
                        : "no VBT in mailbox 4 or behind RVDA");
    }

    static String wrongSize(OpRegionHeader header) {
        return Problem.of("Size is %d KiB, an OpRegion has 8", header.sizeKb());
    }

    static String wrongVersion(OpRegionHeader header) {
        return Problem.of("OVER is %s, known are 1.0 to 3.x", header.versionText());
    }

    static String physical(long address) {
        return Problem.of("RVDA is the physical address 0x%x, not in these bytes", address);
    }

    static String nothing(long offset) {
        return Problem.of("RVDA is 0x%x, no VBT is there", offset);
    }

    static String beyond(long offset, long size, Image image) {
        return Problem.of(
                "RVDA 0x%x and RVDS 0x%x lead beyond the end at 0x%x", offset, size, image.size());
    }
}
