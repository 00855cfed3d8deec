package igdrom.host.linux;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.opregion.OpRegion;
import igdrom.formats.opregion.VbtPointer;
import igdrom.host.Fact;

/// The OpRegion in physical memory, through `/dev/mem`.
///
/// Source: Linux, drivers/gpu/drm/i915/display/intel_opregion.c, `intel_opregion_setup`;
/// drivers/vfio/pci/vfio_pci_igd.c, `vfio_pci_igd_opregion_init`.
record PhysicalMemory(HostRoot root) {
    private static final String FILE = "/dev/mem";

    /// Larger than any VBT.
    private static final int MAX_VBT_SIZE = 256 << 10;

    private static final long MAX_ADDRESS = 0xffff_ffffL;

    /// The OpRegion that ASLS points at.
    ///
    /// @param config config space of the IGD
    /// @param notShown why no driver shows the OpRegion: part of the reason when it cannot be read
    ///   here either
    Fact<Image> opRegion(Fact<Image> config, Fact.Unknown<Image> notShown) {
        Image registers = config.value().orElse(Image.EMPTY);
        if (registers.size() < OpRegion.ASLS + 4) {
            return new Fact.Unknown<>(
                    notShown.source(),
                    notShown.reason() + ", and ASLS in config space is not readable");
        }
        long address = registers.u32(OpRegion.ASLS);
        if (address == 0 || address == 0xffff_ffffL) {
            return new Fact.Unknown<>(
                    config.source(),
                    "ASLS is 0x%x: the firmware set up no OpRegion".formatted(address));
        }
        return switch (root.bytesAt(FILE, address, OpRegion.SIZE)) {
            case Fact.Known<Image>(Image image, String source) ->
                    withVbtAfter(image, source, address);
            case Fact.Unknown<Image>(String source, String reason) ->
                    new Fact.Unknown<>(
                            source, reason + "; " + notShown.source() + ": " + notShown.reason());
        };
    }

    /// Adds the VBT that RVDA points at, so that the bytes are those that the kernel's vfio hands
    /// to a hypervisor: the VBT right after the 8 KiB.
    private Fact<Image> withVbtAfter(Image image, String source, long address) {
        OpRegion region;
        try {
            region = OpRegion.read(image, Location.root("OpRegion"), new Diagnostics());
        } catch (MalformedImageException e) {
            return new Fact.Unknown<>(source, e.problem());
        }
        Fact.Known<Image> alone = new Fact.Known<>(image, source);
        VbtPointer pointer = region.vbtPointer().orElse(null);
        if (pointer == null || pointer.size() > MAX_VBT_SIZE) {
            return alone;
        }
        long vbtAddress = vbtAddress(pointer, address);
        if (vbtAddress == 0) {
            return alone;
        }
        return switch (root.bytesAt(FILE, vbtAddress, (int) pointer.size())) {
            case Fact.Known<Image>(Image vbt, String vbtSource) ->
                    new Fact.Known<>(
                            new Emitter().image(image).image(vbt).toImage(),
                            source + " and " + vbtSource);
            case Fact.Unknown<Image> _ -> alone;
        };
    }

    /// The physical address of a VBT, or 0 when it cannot be put right after the OpRegion.
    private static long vbtAddress(VbtPointer pointer, long opRegion) {
        if (pointer.relative()) {
            return pointer.address() == OpRegion.SIZE ? opRegion + OpRegion.SIZE : 0;
        }
        boolean inRange = pointer.address() > 0 && pointer.address() <= MAX_ADDRESS;
        return inRange ? pointer.address() : 0;
    }
}
