package igdrom.virtualigd;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.vfiouser.wire.Access;
import igdrom.vfiouser.wire.PciDevice;
import igdrom.vfiouser.wire.DeviceLayout;
import igdrom.vfiouser.wire.DeviceReset;
import igdrom.vfiouser.wire.IrqInfo;
import igdrom.vfiouser.wire.RegionData;
import igdrom.vfiouser.wire.RegionInfo;
import igdrom.vfiouser.wire.RegionRead;
import igdrom.vfiouser.wire.RegionWrite;
import igdrom.vfiouser.wire.Reply;
import java.util.ArrayList;
import java.util.List;

/// The bridge at 00:1f.0 by whose id a GOP learns what PCH there is. It bridges nothing.
///
/// Source: QEMU, hw/vfio/igd.c, `x-igd-lpc`, which shows the host's ids there in the same way.
///
/// One thread serves it, any other may look at it meanwhile.
public final class LpcBridge implements PciDevice {
    private static final int CONFIG = RegionInfo.PCI_CONFIG;
    private static final int ISA_BRIDGE = 0x060100;

    private final PciId id;
    private final ConfigSpace config = new ConfigSpace(ConfigSpace.SMALL);
    private final DeviceLayout layout;
    private long reads;

    /// A bridge with this id.
    public LpcBridge(PciId id, int revision) {
        this.id = id;
        // Spec: PCI Local Bus 3.0, "Type 00h Configuration Space Header".
        config.field(0, 2, id.vendor(), 0, 0)
                .field(2, 2, id.device(), 0, 0)
                .field(4, 2, 0, 0x0107, 0)
                .field(8, 1, revision, 0, 0)
                .field(9, 3, ISA_BRIDGE, 0, 0);
        List<RegionInfo> regions = new ArrayList<>();
        List<IrqInfo> irqs = new ArrayList<>();
        for (int i = 0; i < RegionInfo.PCI_REGIONS; i++) {
            regions.add(i == CONFIG ? RegionInfo.plain(i, ConfigSpace.SMALL) : RegionInfo.none(i));
        }
        for (int i = 0; i <= IrqInfo.MSIX; i++) {
            irqs.add(IrqInfo.none(i));
        }
        layout = new DeviceLayout(true, regions, irqs);
    }

    @Override
    public DeviceLayout layout() {
        return layout;
    }

    @Override
    public synchronized Reply handle(Access access) {
        switch (access) {
            case DeviceReset() -> config.reset();
            case RegionRead read -> {
                reads++;
                return new RegionData(read, config.read(read.offset(), read.count()));
            }
            case RegionWrite(long offset, long _, Image data) -> config.write(offset, data);
        }
        return new Reply.Done();
    }

    /// How often config space was read.
    public synchronized long reads() {
        return reads;
    }

    @Override
    public String toString() {
        return "LPC bridge " + id;
    }
}
