package igdrom.driver;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.opregion.AsleMailbox;
import igdrom.formats.opregion.Mailbox;
import igdrom.formats.opregion.OpRegion;
import igdrom.formats.opregion.OpRegionHeader;
import igdrom.formats.opregion.VbtExtent;
import igdrom.formats.opregion.VbtPointer;
import igdrom.formats.vbt.Vbt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a guest sees of an OpRegion that the driver reads from fw_cfg or from the ROM.
///
/// Source: driver/src/main/c/opregion.c, `opregion_plan`, `opregion_settle` and
/// `opregion_locate_vbt`. `OpRegionAgreementTest` compares both.
///
/// @param header as the guest sees it
/// @param image all that the guest sees
/// @param vbt where a GOP finds the VBT, with the size that the VBT's own header gives; null when
///   it finds none
/// @param rvda what became of it
/// @param problems why the OpRegion has no VBT, or a VBT other than the one that RVDA points at
public record OpRegionRule(
        OpRegionHeader header,
        Image image,
        @Nullable VbtExtent vbt,
        Rvda rvda,
        List<Diagnostic> problems) {
    /// The largest file that the driver accepts.
    public static final long MAX_SIZE = 256 << 10;

    private static final long RVDA_OFFSET = Mailbox.ASLE.offset() + AsleMailbox.RVDA;
    private static final long RVDS_OFFSET = Mailbox.ASLE.offset() + AsleMailbox.RVDS;

    /// What the driver does with the pointer to a VBT outside mailbox 4.
    public enum Rvda {
        /// The OpRegion has no such pointer.
        NONE,
        /// It points to the VBT and stays.
        KEPT,
        /// It was an address in the host's memory, and the VBT follows the 8 KiB: made relative.
        REWRITTEN,
        /// It points beyond the end of the file: cleared.
        BEYOND,
        /// It points to something other than a whole VBT: cleared.
        WRONG
    }

    public OpRegionRule {
        problems = List.copyOf(problems);
    }

    /// Decides as the driver does.
    ///
    /// @throws MalformedImageException when the driver refuses the file
    public static OpRegionRule of(Image original, Location location) {
        Image file = withoutSwsci(original, location);
        OpRegion region = OpRegion.read(file, location, new Diagnostics());
        OpRegionHeader header = region.header();
        if (header.sizeKb() != OpRegion.SIZE / 1024) {
            throw new MalformedImageException(
                    location,
                    OpRegionHeader.SIZE_OFFSET,
                    "Size is %d KiB, an OpRegion has 8",
                    header.sizeKb());
        }
        if (header.major() == 0) {
            throw new MalformedImageException(
                    location,
                    OpRegionHeader.MAJOR_OFFSET,
                    "OVER is %s, known are 1.0 to 3.x",
                    header.versionText());
        }
        if (file.size() > MAX_SIZE) {
            throw new MalformedImageException(
                    location,
                    MAX_SIZE,
                    "0x%x bytes, the maximum for an OpRegion and its VBT is 0x%x",
                    file.size(),
                    MAX_SIZE);
        }
        Optional<VbtPointer> pointer = region.vbtPointer();
        return pointer.isPresent()
                ? settle(region, pointer.get(), file, location)
                : inMailbox4(header, file, Rvda.NONE, List.of(), location);
    }

    /// A guest's call through the mailbox would raise an SCI of the host's, and nobody answers it.
    private static Image withoutSwsci(Image file, Location location) {
        OpRegionHeader header = OpRegion.read(file, location, new Diagnostics()).header();
        long others = header.mailboxes() & ~Mailbox.SWSCI.bit();
        return new Emitter()
                .image(file)
                .patch(OpRegionHeader.MAILBOXES_OFFSET, new Emitter().u32(others).toImage())
                .toImage();
    }

    private static OpRegionRule settle(
            OpRegion region, VbtPointer pointer, Image file, Location location) {
        OpRegionHeader header = region.header();
        long size = pointer.size();
        long offset = pointer.relative() ? pointer.address() : OpRegion.SIZE;
        if (offset < 0 || offset > file.size() || size > file.size() - offset) {
            Diagnostic problem = beyond(region, pointer, file, location);
            return withoutRvda(header, file, Rvda.BEYOND, problem, location);
        }
        int vbtSize;
        try {
            vbtSize = Vbt.wholeSize(file.slice(offset, size), location.in("VBT", offset));
        } catch (MalformedImageException e) {
            Diagnostic problem = wrong(pointer, file, offset, e, location);
            return withoutRvda(header, file, Rvda.WRONG, problem, location);
        }
        VbtExtent vbt = new VbtExtent(offset, vbtSize);
        Image copy = file.slice(0, Math.max(OpRegion.SIZE, offset + size));
        if (pointer.relative()) {
            return new OpRegionRule(header, copy, vbt, Rvda.KEPT, List.of());
        }
        // Source: Linux, drivers/vfio/pci/vfio_pci_igd.c: the VBT follows the OpRegion, and both
        // together become a 2.1.
        Emitter out = new Emitter().image(copy);
        out.patch(OpRegionHeader.MINOR_OFFSET, new Emitter().u8(1).toImage());
        Image rewritten = withRvda(out, offset, size);
        OpRegion settled = OpRegion.read(rewritten, location, new Diagnostics());
        return new OpRegionRule(settled.header(), rewritten, vbt, Rvda.REWRITTEN, List.of());
    }

    private static Diagnostic beyond(
            OpRegion region, VbtPointer pointer, Image file, Location location) {
        if (pointer.relative()) {
            return broken(
                    location,
                    RVDA_OFFSET,
                    "RVDA 0x%x and RVDS 0x%x extend beyond the end at 0x%x",
                    pointer.address(),
                    pointer.size(),
                    file.size());
        }
        return region.trailing().isEmpty()
                ? physical(location, pointer)
                : broken(
                        location,
                        RVDS_OFFSET,
                        "RVDS is 0x%x, 0x%x bytes follow the OpRegion",
                        pointer.size(),
                        region.trailing().size());
    }

    private static Diagnostic physical(Location location, VbtPointer pointer) {
        return broken(
                location,
                RVDA_OFFSET,
                "RVDA is the physical address 0x%x, not in these bytes",
                pointer.address());
    }

    private static Diagnostic wrong(
            VbtPointer pointer,
            Image file,
            long offset,
            MalformedImageException e,
            Location location) {
        if (!Vbt.looksLikeVbt(file.slice(offset, pointer.size()), 0)) {
            return pointer.relative()
                    ? broken(
                            location,
                            RVDA_OFFSET,
                            "RVDA is 0x%x, expected the offset of a VBT",
                            pointer.address())
                    : physical(location, pointer);
        }
        try {
            int needed = Vbt.wholeSize(file.from(offset), location.in("VBT", offset));
            return broken(
                    location,
                    RVDS_OFFSET,
                    "RVDS is 0x%x, the VBT there has 0x%x bytes",
                    pointer.size(),
                    needed);
        } catch (MalformedImageException _) {
            return e.diagnostic();
        }
    }

    /// A guest that followed RVDA would read unrelated memory.
    private static OpRegionRule withoutRvda(
            OpRegionHeader header, Image file, Rvda rvda, Diagnostic problem, Location location) {
        Image without = withRvda(new Emitter().image(file.slice(0, OpRegion.SIZE)), 0, 0);
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
        Image room = image.slice(offset, header.mailbox4End() - offset);
        try {
            int size = Vbt.wholeSize(room, location.in("VBT", offset));
            return new OpRegionRule(header, image, new VbtExtent(offset, size), rvda, before);
        } catch (MalformedImageException e) {
            List<Diagnostic> problems = new ArrayList<>(before);
            problems.add(
                    Vbt.looksLikeVbt(room, 0)
                            ? e.diagnostic()
                            : noVbt(location, file.from(OpRegion.SIZE)));
            return new OpRegionRule(header, image, null, rvda, problems);
        }
    }

    /// @param trailing bytes after the 8 KiB that RVDA does not point to
    private static Diagnostic noVbt(Location location, Image trailing) {
        return broken(
                location,
                Mailbox.VBT.offset(),
                Vbt.looksLikeVbt(trailing, 0)
                        ? "no VBT in mailbox 4, and RVDA does not point to the one after the"
                                + " OpRegion"
                        : "no VBT in mailbox 4 or where RVDA points");
    }

    private static Diagnostic broken(
            Location location, long offset, String pattern, Object... values) {
        return Diagnostic.broken(location, offset, String.format(pattern, values));
    }

    /// The bytes of the VBT, null when there is none.
    public @Nullable Image vbtBytes() {
        return vbt == null ? null : image.slice(vbt.offset(), vbt.size());
    }

    private static Image withRvda(Emitter out, long offset, long size) {
        return out.patch(RVDA_OFFSET, new Emitter().u64(offset).u32(size).toImage()).toImage();
    }
}
