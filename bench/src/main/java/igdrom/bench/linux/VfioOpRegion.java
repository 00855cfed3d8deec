package igdrom.bench.linux;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.formats.opregion.AsleMailbox;
import igdrom.formats.opregion.Mailbox;
import igdrom.formats.opregion.OpRegion;
import igdrom.formats.opregion.OpRegionHeader;
import igdrom.formats.opregion.VbtPointer;

/// What vfio-pci offers of the OpRegion that a host's firmware has left in memory.
///
/// Source: Linux, drivers/vfio/pci/vfio_pci_igd.c, `vfio_pci_igd_rw`.
public final class VfioOpRegion {
    private VfioOpRegion() {}

    /// An OpRegion as a guest gets it. In version 2.0 RVDA is an address of the host: where the VBT
    /// is after the OpRegion, it becomes an offset and the version 2.1.
    ///
    /// @param region with what is after it; empty for none
    /// @param address of it in the host
    public static Image offered(Image region, long address) {
        if (!OpRegion.looksLikeOpRegion(region, 0)) {
            return region;
        }
        VbtPointer pointer =
                OpRegion.read(region, Location.root("OpRegion"), new Diagnostics())
                        .vbtPointer()
                        .orElse(null);
        if (pointer == null || pointer.relative() || pointer.address() != address + OpRegion.SIZE) {
            return region;
        }
        return new Emitter()
                .image(region)
                .patch(OpRegionHeader.MINOR_OFFSET, new Emitter().u8(1).toImage())
                .patch(
                        Mailbox.ASLE.offset() + AsleMailbox.RVDA,
                        new Emitter().u64(OpRegion.SIZE).toImage())
                .toImage();
    }
}
