package igdrom.vfiouser.server;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Memory;
import igdrom.vfiouser.wire.Access;
import igdrom.vfiouser.wire.DeviceLayout;
import igdrom.vfiouser.wire.DeviceReset;
import igdrom.vfiouser.wire.Errno;
import igdrom.vfiouser.wire.Guest;
import igdrom.vfiouser.wire.IrqInfo;
import igdrom.vfiouser.wire.PciDevice;
import igdrom.vfiouser.wire.RegionData;
import igdrom.vfiouser.wire.RegionInfo;
import igdrom.vfiouser.wire.RegionRead;
import igdrom.vfiouser.wire.RegionWrite;
import igdrom.vfiouser.wire.Reply;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A device with 4 KiB of registers. A write of an address to COPY_FROM copies 8 bytes of guest
/// memory from there to RESULT and to the address in COPY_TO, then raises INTx.
final class CopyingDevice implements PciDevice {
    static final int COPY_TO = 0x10;
    static final int COPY_FROM = 0x18;
    static final int RESULT = 0x100;
    static final int BAD = 0xff0;

    final Memory registers = Memory.ofSize(4096);
    final AtomicInteger resets = new AtomicInteger();
    private boolean copy;

    @Override
    public DeviceLayout layout() {
        return DeviceLayout.of(
                List.of(
                        IrqInfo.intx(),
                        IrqInfo.messages(IrqInfo.MSI, 4),
                        IrqInfo.none(IrqInfo.MSIX),
                        IrqInfo.none(IrqInfo.ERR),
                        IrqInfo.none(IrqInfo.REQ)),
                RegionInfo.plain(0, 4096),
                new RegionInfo(2, 8192, true, true, true, List.of(), 0),
                RegionInfo.plain(RegionInfo.PCI_CONFIG, 256));
    }

    @Override
    public Reply handle(Access access) {
        switch (access) {
            case DeviceReset() -> {
                resets.getAndIncrement();
                registers.fill(0);
            }
            case RegionRead read -> {
                if (read.offset() == BAD) {
                    return new Reply.Refused(Errno.EIO);
                }
                return new RegionData(read, registers.image(read.offset(), read.count()));
            }
            case RegionWrite(long offset, long region, Image data) -> {
                registers.put(offset, data);
                copy |= region == 0 && offset == COPY_FROM;
            }
        }
        return new Reply.Done();
    }

    @Override
    public void settle(Guest guest) throws IOException {
        if (copy) {
            copy = false;
            Image data = guest.read(registers.u64(COPY_FROM), 8);
            registers.put(RESULT, data);
            if (registers.u64(COPY_TO) != 0) {
                guest.write(registers.u64(COPY_TO), data);
            }
            guest.raise(IrqInfo.INTX, 0);
        }
    }

    static RegionWrite copyFrom(long address) {
        return new RegionWrite(COPY_FROM, 0, new Emitter().u64(address).toImage());
    }

    static RegionWrite copyTo(long address) {
        return new RegionWrite(COPY_TO, 0, new Emitter().u64(address).toImage());
    }
}
