package igdrom.formats.opregion;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Finding;
import igdrom.bytes.Findings;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.bytes.Place;
import igdrom.bytes.Problem;
import igdrom.formats.vbt.Vbt;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What becomes of an OpRegion's bytes when igdrom's driver gives them to a guest.
///
/// Spec: driver/src/main/c/opregion.c, `opregion_plan`, `opregion_settle` and
/// `opregion_locate_vbt`: this is the same rule, and a test of module `rom` asks both.
///
/// @param header as the guest sees it
/// @param image all that the guest sees
/// @param vbt where a GOP finds the VBT, as long as that itself says; null when it finds none
/// @param rvda what became of it
/// @param problems why there is no VBT, or not the one that RVDA leads to
public record GuestOpRegion(
        OpRegionHeader header,
        Image image,
        @Nullable VbtExtent vbt,
        Rvda rvda,
        List<Finding> problems) {
    /// What the driver copies at most.
    public static final long MAX_SIZE = 256 << 10;

    private static final long MINOR = 0x16;
    private static final long RVDA_AT = Mailbox.ASLE.offset() + AsleMailbox.RVDA;
    private static final long RVDS_AT = Mailbox.ASLE.offset() + AsleMailbox.RVDS;

    /// What the driver makes of the pointer to a VBT outside mailbox 4.
    public enum Rvda {
        /// There is none.
        NONE,
        /// It leads to the VBT.
        KEPT,
        /// It was an address in the host's memory, the VBT follows the 8 KiB.
        REWRITTEN,
        /// It is taken out: it leads out of the bytes that are there.
        BEYOND,
        /// It is taken out: where it leads is no whole VBT.
        WRONG
    }

    public GuestOpRegion {
        problems = List.copyOf(problems);
    }

    /// Decides as the driver does.
    ///
    /// @throws MalformedImageException when the driver takes the bytes for no OpRegion
    public static GuestOpRegion of(Image file, Place place) {
        OpRegion region = OpRegion.read(file, place, new Findings());
        OpRegionHeader header = region.header();
        if (header.sizeKb() != OpRegion.SIZE / 1024) {
            throw new MalformedImageException(
                    place, OpRegionHeader.SIZE_OFFSET, OpRegionRules.wrongSize(header));
        }
        if (header.major() == 0) {
            throw new MalformedImageException(
                    place, OpRegionHeader.MAJOR_OFFSET, OpRegionRules.wrongVersion(header));
        }
        if (file.size() > MAX_SIZE) {
            throw new MalformedImageException(
                    place,
                    MAX_SIZE,
                    Problem.of(
                            "0x%x bytes, an OpRegion and its VBT have 0x%x at most",
                            file.size(), MAX_SIZE));
        }
        return settle(region, file, place);
    }

    private static GuestOpRegion settle(OpRegion region, Image file, Place place) {
        OpRegionHeader header = region.header();
        long size = region.asle().vbtSize();
        if (!header.isAtLeast(2, 0)
                || !header.has(Mailbox.ASLE)
                || region.asle().vbtAddress() == 0
                || size == 0) {
            return inMailbox4(header, file, Rvda.NONE, List.of(), place);
        }
        boolean relative = header.isAtLeast(2, 1);
        long offset = relative ? region.asle().vbtAddress() : OpRegion.SIZE;
        if (offset < 0 || offset > file.size() || size > file.size() - offset) {
            Finding beyond = beyond(region, file, relative, place);
            return withoutRvda(header, file, Rvda.BEYOND, beyond, place);
        }
        int vbtSize;
        try {
            vbtSize = Vbt.wholeSize(file.slice(offset, size), place.in("VBT", offset));
        } catch (MalformedImageException e) {
            Finding wrong = wrong(region, file, offset, e, place);
            return withoutRvda(header, file, Rvda.WRONG, wrong, place);
        }
        VbtExtent vbt = new VbtExtent(offset, vbtSize);
        Image copied = file.slice(0, Math.max(OpRegion.SIZE, offset + size));
        if (relative) {
            return new GuestOpRegion(header, copied, vbt, Rvda.KEPT, List.of());
        }
        Emitter out = new Emitter().image(copied).patch(MINOR, new Emitter().u8(1).toImage());
        Image rewritten = pointer(out, offset, size);
        return new GuestOpRegion(
                headerOf(rewritten, place), rewritten, vbt, Rvda.REWRITTEN, List.of());
    }

    private static Finding beyond(OpRegion region, Image file, boolean relative, Place place) {
        long address = region.asle().vbtAddress();
        long size = region.asle().vbtSize();
        if (relative) {
            return Finding.broken(place, RVDA_AT, OpRegionRules.beyond(address, size, file));
        }
        return region.behind().isEmpty()
                ? Finding.broken(place, RVDA_AT, OpRegionRules.physical(address))
                : Finding.broken(
                        place,
                        RVDS_AT,
                        Problem.of(
                                "RVDS is 0x%x, behind the OpRegion are 0x%x bytes",
                                size, region.behind().size()));
    }

    private static Finding wrong(
            OpRegion region, Image file, long offset, MalformedImageException e, Place place) {
        long address = region.asle().vbtAddress();
        long size = region.asle().vbtSize();
        if (!Vbt.looksLikeVbt(file.slice(offset, size), 0)) {
            boolean relative = region.header().isAtLeast(2, 1);
            return Finding.broken(
                    place,
                    RVDA_AT,
                    relative ? OpRegionRules.nothing(address) : OpRegionRules.physical(address));
        }
        try {
            int needed = Vbt.wholeSize(file.from(offset), place.in("VBT", offset));
            return Finding.broken(
                    place,
                    RVDS_AT,
                    Problem.of("RVDS is 0x%x, the VBT there has 0x%x bytes", size, needed));
        } catch (MalformedImageException _) {
            return e.finding();
        }
    }

    /// Whoever followed RVDA would read memory that has nothing to do with it.
    private static GuestOpRegion withoutRvda(
            OpRegionHeader header, Image file, Rvda rvda, Finding problem, Place place) {
        Image without = pointer(new Emitter().image(file.slice(0, OpRegion.SIZE)), 0, 0);
        return inMailbox4(header, without, rvda, List.of(problem), place);
    }

    private static GuestOpRegion inMailbox4(
            OpRegionHeader header, Image file, Rvda rvda, List<Finding> before, Place place) {
        long offset = Mailbox.VBT.offset();
        Image image = file.slice(0, OpRegion.SIZE);
        Image room = image.slice(offset, OpRegionRules.mailbox4End(header) - offset);
        try {
            int size = Vbt.wholeSize(room, place.in("VBT", offset));
            return new GuestOpRegion(header, image, new VbtExtent(offset, size), rvda, before);
        } catch (MalformedImageException e) {
            List<Finding> problems = new ArrayList<>(before);
            problems.add(
                    Vbt.looksLikeVbt(room, 0)
                            ? e.finding()
                            : OpRegionRules.noVbt(place, file.from(OpRegion.SIZE)));
            return new GuestOpRegion(header, image, null, rvda, problems);
        }
    }

    /// The bytes of the VBT, null when there is none.
    public @Nullable Image vbtBytes() {
        return vbt == null ? null : image.slice(vbt.offset(), vbt.size());
    }

    private static Image pointer(Emitter out, long offset, long size) {
        return out.patch(RVDA_AT, new Emitter().u64(offset).u32(size).toImage()).toImage();
    }

    private static OpRegionHeader headerOf(Image image, Place place) {
        return OpRegionHeader.read(new Cursor(image, place));
    }
}
