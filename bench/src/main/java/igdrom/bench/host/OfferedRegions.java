package igdrom.bench.host;

import igdrom.bytes.Image;
import igdrom.linux.VfioDevice;
import java.io.IOException;
import java.util.Optional;

/// What the kernel offers to a hypervisor besides an IGD itself.
///
/// Source: Linux, drivers/vfio/pci/vfio_pci_igd.c; include/uapi/linux/vfio.h,
/// `VFIO_REGION_SUBTYPE_INTEL_IGD_*`.
///
/// @param opRegion with a VBT after its 8 KiB where the host has it outside; empty for none
/// @param hostBridge whether its config space is offered
/// @param lpcBridge whether its config space is offered
public record OfferedRegions(Optional<Image> opRegion, boolean hostBridge, boolean lpcBridge) {
    private static final long INTEL = 0x8000_8086L;
    private static final long OPREGION = 1;
    private static final long HOST_BRIDGE = 2;
    private static final long LPC_BRIDGE = 3;

    /// 8 KiB, and more than any VBT.
    private static final int MAX_SIZE = 1 << 20;

    /// Asks the kernel about a device that vfio-pci has.
    ///
    /// @throws IOException when it cannot be opened, as while a guest has it
    public static OfferedRegions read(int group, String address) throws IOException {
        try (VfioDevice device = VfioDevice.open(group, address)) {
            return new OfferedRegions(
                    device.region(INTEL, OPREGION, MAX_SIZE),
                    device.region(INTEL, HOST_BRIDGE, MAX_SIZE).isPresent(),
                    device.region(INTEL, LPC_BRIDGE, MAX_SIZE).isPresent());
        }
    }
}
