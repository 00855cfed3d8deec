package igdrom.formats.opregion;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
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
public record OpRegionRule(
        OpRegionHeader header,
        Image image,
        @Nullable VbtExtent vbt,
        Rvda rvda,
        List<Diagnostic> problems) {
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

    public OpRegionRule {
        problems = List.copyOf(problems);
    }

    /// Decides as the driver does.
    ///
    /// @throws MalformedImageException when the driver takes the bytes for no OpRegion
    public static OpRegionRule of(Image file, Location location) {
        OpRegion region = OpRegion.read(file, location, new Diagnostics());
        OpRegionHeader header = region.header();
        if (header.sizeKb() != OpRegion.SIZE / 1024) {
            throw new MalformedImageException(
                    location, OpRegionHeader.SIZE_OFFSET, OpRegionChecks.wrongSize(header));
        }
        if (header.major() == 0) {
            throw new MalformedImageException(
                    location, OpRegionHeader.MAJOR_OFFSET, OpRegionChecks.wrongVersion(header));
        }
        if (file.size() > MAX_SIZE) {
            throw new MalformedImageException(
                    location,
                    MAX_SIZE,
                    String.format(
                            "0x%x bytes, an OpRegion and its VBT have 0x%x at most",
                            file.size(), MAX_SIZE));
        }
        return settle(region, file, location);
    }

    private static OpRegionRule settle(OpRegion region, Image file, Location location) {
        OpRegionHeader header = region.header();
        long size = region.asle().vbtSize();
        if (!header.isAtLeast(2, 0)
                || !header.has(Mailbox.ASLE)
                || region.asle().vbtAddress() == 0
                || size == 0) {
            return inMailbox4(header, file, Rvda.NONE, List.of(), location);
        }
        boolean relative = header.isAtLeast(2, 1);
        long offset = relative ? region.asle().vbtAddress() : OpRegion.SIZE;
        if (offset < 0 || offset > file.size() || size > file.size() - offset) {
            Diagnostic beyond = beyond(region, file, relative, location);
            return withoutRvda(header, file, Rvda.BEYOND, beyond, location);
        }
        int vbtSize;
        try {
            vbtSize = Vbt.wholeSize(file.slice(offset, size), location.in("VBT", offset));
        } catch (MalformedImageException e) {
            Diagnostic wrong = wrong(region, file, offset, e, location);
            return withoutRvda(header, file, Rvda.WRONG, wrong, location);
        }
        VbtExtent vbt = new VbtExtent(offset, vbtSize);
        Image copied = file.slice(0, Math.max(OpRegion.SIZE, offset + size));
        if (relative) {
            return new OpRegionRule(header, copied, vbt, Rvda.KEPT, List.of());
        }
        Emitter out = new Emitter().image(copied).patch(MINOR, new Emitter().u8(1).toImage());
        Image rewritten = pointer(out, offset, size);
        return new OpRegionRule(
                headerOf(rewritten, location), rewritten, vbt, Rvda.REWRITTEN, List.of());
    }

    private static Diagnostic beyond(
            OpRegion region, Image file, boolean relative, Location location) {
        long address = region.asle().vbtAddress();
        long size = region.asle().vbtSize();
        if (relative) {
            return Diagnostic.broken(location, RVDA_AT, OpRegionChecks.beyond(address, size, file));
        }
        return region.behind().isEmpty()
                ? Diagnostic.broken(location, RVDA_AT, OpRegionChecks.physical(address))
                : Diagnostic.broken(
                        location,
                        RVDS_AT,
                        String.format(
                                "RVDS is 0x%x, behind the OpRegion are 0x%x bytes",
                                size, region.behind().size()));
    }

    private static Diagnostic wrong(
            OpRegion region,
            Image file,
            long offset,
            MalformedImageException e,
            Location location) {
        long address = region.asle().vbtAddress();
        long size = region.asle().vbtSize();
        if (!Vbt.looksLikeVbt(file.slice(offset, size), 0)) {
            boolean relative = region.header().isAtLeast(2, 1);
            return Diagnostic.broken(
                    location,
                    RVDA_AT,
                    relative ? OpRegionChecks.nothing(address) : OpRegionChecks.physical(address));
        }
        try {
            int needed = Vbt.wholeSize(file.from(offset), location.in("VBT", offset));
            return Diagnostic.broken(
                    location,
                    RVDS_AT,
                    String.format("RVDS is 0x%x, the VBT there has 0x%x bytes", size, needed));
        } catch (MalformedImageException _) {
            return e.diagnostic();
        }
    }

    /// Whoever followed RVDA would read memory that has nothing to do with it.
    private static OpRegionRule withoutRvda(
            OpRegionHeader header, Image file, Rvda rvda, Diagnostic problem, Location location) {
        Image without = pointer(new Emitter().image(file.slice(0, OpRegion.SIZE)), 0, 0);
        return inMailbox4(header, without, rvda, List.of(problem), location);
    }

    private static OpRegionRule inMailbox4(
            OpRegionHeader header,
            Image file,
            Rvda rvda,
            List<Diagnostic> before,
            Location location) {
        long offset = Mailbox.VBT.offset();
        Image image = file.slice(0, OpRegion.SIZE);
        Image room = image.slice(offset, OpRegionChecks.mailbox4End(header) - offset);
        try {
            int size = Vbt.wholeSize(room, location.in("VBT", offset));
            return new OpRegionRule(header, image, new VbtExtent(offset, size), rvda, before);
        } catch (MalformedImageException e) {
            List<Diagnostic> problems = new ArrayList<>(before);
            problems.add(
                    Vbt.looksLikeVbt(room, 0)
                            ? e.diagnostic()
                            : OpRegionChecks.noVbt(location, file.from(OpRegion.SIZE)));
            return new OpRegionRule(header, image, null, rvda, problems);
        }
    }

    /// The bytes of the VBT, null when there is none.
    public @Nullable Image vbtBytes() {
        return vbt == null ? null : image.slice(vbt.offset(), vbt.size());
    }

    private static Image pointer(Emitter out, long offset, long size) {
        return out.patch(RVDA_AT, new Emitter().u64(offset).u32(size).toImage()).toImage();
    }

    private static OpRegionHeader headerOf(Image image, Location location) {
        return OpRegionHeader.read(new Cursor(image, location));
    }
}
