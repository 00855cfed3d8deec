package igdrom.virtualigd;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.vfiouser.wire.Access;
import igdrom.vfiouser.wire.DeviceLayout;
import igdrom.vfiouser.wire.DeviceReset;
import igdrom.vfiouser.wire.PciDevice;
import igdrom.vfiouser.wire.RegionData;
import igdrom.vfiouser.wire.RegionInfo;
import igdrom.vfiouser.wire.RegionRead;
import igdrom.vfiouser.wire.RegionWrite;
import igdrom.vfiouser.wire.Reply;

/// The LPC bridge at 00:1f.0, from whose id a GOP derives the PCH. It has an identity but no
/// function.
///
/// Source: QEMU, hw/vfio/igd.c, `x-igd-lpc`, which presents the ids of the host in the same way.
///
/// Thread-safe.
public final class LpcBridge implements PciDevice {
    private static final int ISA_BRIDGE = 0x060100;
    private static final int IO_BASE = 0x4c;
    private static final int IO_BASE_ENABLE = 1 << 1;

    private final PciId id;
    private final ConfigSpace config = new ConfigSpace(ConfigSpace.PCI_SIZE);
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
        layout = DeviceLayout.of(RegionInfo.plain(RegionInfo.PCI_CONFIG, config.size()));
    }

    /// Adds the register with the base of the GPIO registers, which the GOP of Braswell requires.
    /// No hypervisor presents it.
    ///
    /// Source: coreboot, src/soc/intel/braswell/include/soc/lpc.h, IOBASE; bit 1 enables it.
    LpcBridge withIoBase(long base) {
        config.field(IO_BASE, 4, base | IO_BASE_ENABLE, 0, 0);
        return this;
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

    /// The number of reads of config space.
    public synchronized long reads() {
        return reads;
    }

    @Override
    public String toString() {
        return "LPC bridge " + id;
    }
}
