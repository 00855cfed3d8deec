package igdrom.virtualigd;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Memory;
import igdrom.formats.opregion.OpRegion;
import igdrom.knowledge.Platform.StolenBase;
import igdrom.vfiouser.wire.Access;
import igdrom.vfiouser.wire.DeviceLayout;
import igdrom.vfiouser.wire.DeviceReset;
import igdrom.vfiouser.wire.Guest;
import igdrom.vfiouser.wire.IrqInfo;
import igdrom.vfiouser.wire.PciDevice;
import igdrom.vfiouser.wire.RegionData;
import igdrom.vfiouser.wire.RegionInfo;
import igdrom.vfiouser.wire.RegionRead;
import igdrom.vfiouser.wire.RegionWrite;
import igdrom.vfiouser.wire.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The GPU as its guest sees it.
///
/// Thread-safe: one thread serves it, while others may inspect it.
public final class VirtualIgd implements PciDevice {
    /// The region of config space.
    public static final int CONFIG = RegionInfo.PCI_CONFIG;

    private static final int REGISTERS = 0;
    private static final int APERTURE = 2;
    private static final int PORTS = 4;
    private static final int PORTS_SIZE = 64;
    private static final int COMMAND = 0x04;
    private static final int GGC = 0x50;

    /// Spec: PCI Local Bus 3.0, "Command Register".
    private static final int INTERRUPT_DISABLE = 1 << 10;

    private static final int MSI_CAPABILITY = 5;

    /// Spec: PCI Local Bus 3.0, "Message Control for MSI".
    private static final int MSI_ENABLE = 1 << 16;

    private static final int EXPRESS_CAPABILITY = 0x10;

    /// Spec: PCI Express Base, "Device Control Register": bit 15 initiates a Function Level Reset.
    /// Inferred from hosts whose OpRegion survives the reset that vfio-pci makes: it keeps ASLS and
    /// BDSM.
    private static final int DEVICE_CONTROL = 8;

    private static final int FUNCTION_RESET = 1 << 15;

    private static final int POWER_CAPABILITY = 1;

    /// Spec: PCI Power Management 1.2, "PMCSR": PowerState is 3 in D3hot. A function whose
    /// No_Soft_Reset is 0, as on all IGDs that were observed, resets itself when it leaves D3hot;
    /// here it keeps what it keeps over a Function Level Reset.
    private static final int POWER_STATE = 4;

    private static final int D3_HOT = 3;

    /// How many entries of a mapped page table are reported.
    private static final int MAX_FOUND = 16;

    private final IgdModel model;
    private final Memory aperture;
    private final ConfigSpace config;
    private final Registers registers;
    private final IoPorts ports;
    private final Trace trace = new Trace();
    private final DeviceLayout layout;

    /// How many page table entries were pointed at the host's stolen memory.
    private long hostPages;

    /// Whether the message for the pending interrupt was sent: one is sent each time that an
    /// interrupt becomes pending.
    private boolean messageSent;

    /// A device after power-on.
    ///
    /// @param aperture the memory of BAR2, which the client maps; its size is a power of two, 256
    ///   MiB on most machines. The [igdrom.vfiouser.server.Server] needs its file.
    public VirtualIgd(IgdModel model, Memory aperture) {
        this(model, aperture, Memory.ofSize(0));
    }

    /// The same with a page table that the client maps: a GOP fills thousands of entries, each a
    /// message otherwise. In [#writesSinceRom] is then what the page table holds at each write of
    /// ASLS or BDSM and at the end, and [#hostPages] is unknown.
    ///
    /// @param pageTable the upper half of BAR0 in a file of the size of BAR0; or empty
    public VirtualIgd(IgdModel model, Memory aperture, Memory pageTable) {
        if (Long.bitCount(aperture.size()) != 1) {
            throw new IllegalArgumentException(
                    "aperture size is 0x%x, not a power of two".formatted(aperture.size()));
        }
        this.model = model;
        this.aperture = aperture;
        this.config = ConfigTable.space(model, aperture.size());
        this.registers = new Registers(model, config, pageTable);
        this.ports = new IoPorts(registers);
        if (pageTable.size() != 0 && pageTable.size() != registers.size() / 2) {
            throw new IllegalArgumentException(
                    "page table size is 0x%x, not half of BAR0".formatted(pageTable.size()));
        }
        this.layout =
                layout(
                        config.size(),
                        registers(pageTable.size() != 0),
                        aperture.size(),
                        model.host().isVirtualFunction());
    }

    /// The size of BAR0: page table and registers.
    public static long registersSize(IgdModel model) {
        return (long) model.platform().bar0MiB() << 20;
    }

    private RegionInfo registers(boolean mappable) {
        long size = registers.size();
        if (!mappable) {
            return RegionInfo.plain(REGISTERS, size);
        }
        RegionInfo.Area upperHalf = new RegionInfo.Area(size / 2, size / 2);
        return new RegionInfo(REGISTERS, size, true, true, true, List.of(upperHalf), 0);
    }

    private static DeviceLayout layout(
            long configSize, RegionInfo registers, long apertureSize, boolean virtualFunction) {
        RegionInfo aperture =
                new RegionInfo(APERTURE, apertureSize, true, true, true, List.of(), 0);
        RegionInfo config = RegionInfo.plain(CONFIG, configSize);
        if (virtualFunction) {
            return DeviceLayout.of(
                    List.of(
                            IrqInfo.none(IrqInfo.INTX),
                            IrqInfo.messages(IrqInfo.MSI, 1),
                            IrqInfo.none(IrqInfo.MSIX)),
                    registers,
                    aperture,
                    config);
        }
        // The error interrupt is left out: QEMU warns when a device lists it without having one.
        return DeviceLayout.of(
                List.of(
                        IrqInfo.intx(),
                        IrqInfo.messages(IrqInfo.MSI, 1),
                        IrqInfo.none(IrqInfo.MSIX)),
                registers,
                aperture,
                RegionInfo.plain(PORTS, PORTS_SIZE),
                config);
    }

    @Override
    public DeviceLayout layout() {
        return layout;
    }

    @Override
    public synchronized Reply handle(Access access) {
        return switch (access) {
            case DeviceReset() -> {
                reset(model.reset());
                yield new Reply.Done();
            }
            case RegionRead read -> new RegionData(read, read(read));
            case RegionWrite write -> {
                write(write);
                yield new Reply.Done();
            }
        };
    }

    /// Completes a frame on every running pipe. The device has no clock, so its user calls this at
    /// the frame rate, and then [#settle] to raise the interrupt.
    public synchronized void frame() {
        registers.frame();
    }

    /// Raises the pending interrupt, if any. Called by the server and after [#frame].
    @Override
    public void settle(Guest guest) throws IOException {
        int index;
        synchronized (this) {
            if (!registers.interruptPending()) {
                messageSent = false;
                return;
            }
            index = interruptToRaise();
        }
        // Without the lock: the guest may need this device to answer first.
        if (index >= 0) {
            guest.raise(index, 0);
        }
    }

    /// The interrupt index to raise for a pending interrupt, or -1 for none.
    private int interruptToRaise() {
        if ((config.u32(config.capability(MSI_CAPABILITY)) & MSI_ENABLE) == 0) {
            return (config.u32(COMMAND) & INTERRUPT_DISABLE) == 0 ? IrqInfo.INTX : -1;
        }
        if (messageSent) {
            return -1;
        }
        messageSent = true;
        return IrqInfo.MSI;
    }

    /// Whether the device answers in config space only.
    private boolean isAsleep() {
        int power = config.capability(POWER_CAPABILITY);
        return power != 0 && (config.u32(power + POWER_STATE) & D3_HOT) == D3_HOT;
    }

    private Image read(RegionRead read) {
        long offset = read.offset();
        int count = read.count();
        if (read.region() != CONFIG && isAsleep()) {
            return new Emitter().fill(0xff, count).toImage();
        }
        Image data;
        switch ((int) read.region()) {
            case REGISTERS -> {
                data = registers.readBytes(offset, count);
                if (offset < registers.pageTable()) {
                    trace.register(offset, data, false);
                }
            }
            case APERTURE -> {
                data = aperture.image(offset, count);
                trace.aperture();
            }
            case PORTS -> {
                data = ports.read(offset, count);
                trace.ports(offset, data, false);
            }
            default -> {
                data = config.read(offset, count);
                trace.config(offset, data, false);
            }
        }
        return data;
    }

    private void write(RegionWrite write) {
        long offset = write.offset();
        Image data = write.data();
        boolean wasAsleep = isAsleep();
        if (write.region() != CONFIG && wasAsleep) {
            return;
        }
        switch ((int) write.region()) {
            case REGISTERS -> {
                registers.writeBytes(offset, data);
                if (offset < registers.pageTable()) {
                    // Several writes may come before settle(): an interrupt that was cleared in
                    // between needs a new message.
                    messageSent &= registers.interruptPending();
                    trace.register(offset, data, true);
                } else {
                    trace.pageTableWritten(offset, data);
                    hostPages += registers.hostPages(offset, data.size());
                }
            }
            case APERTURE -> {
                aperture.put(offset, data);
                trace.aperture();
            }
            case PORTS -> {
                ports.write(offset, data);
                trace.ports(offset, data, true);
            }
            default -> {
                config.write(offset, data);
                if (isAddress(offset)) {
                    trace.pageTableFound(registers.mappedEntries(MAX_FOUND));
                }
                trace.config(offset, data, true);
                int express = config.capability(EXPRESS_CAPABILITY);
                boolean functionReset =
                        express != 0
                                && (config.u32(express + DEVICE_CONTROL) & FUNCTION_RESET) != 0;
                if (functionReset || (wasAsleep && !isAsleep())) {
                    reset(IgdModel.Reset.KEEPS);
                }
            }
        }
    }

    /// Whether an offset in config space is in ASLS or BDSM.
    private boolean isAddress(long offset) {
        StolenBase base = model.platform().stolenBase();
        return (offset >= OpRegion.ASLS && offset < OpRegion.ASLS + 4)
                || (base != null
                        && offset >= base.offset()
                        && offset < base.offset() + base.bits() / 8);
    }

    /// @param addresses what the reset does to ASLS and BDSM
    private void reset(IgdModel.Reset addresses) {
        Image asls = config.read(OpRegion.ASLS, 4);
        StolenBase base = model.platform().stolenBase();
        Image bdsm = base == null ? Image.EMPTY : config.read(base.offset(), base.bits() / 8);
        config.reset();
        if (addresses == IgdModel.Reset.KEEPS) {
            config.put(OpRegion.ASLS, asls);
            if (base != null) {
                config.put(base.offset(), bdsm);
            }
        }
        registers.reset();
        messageSent = false;
        hostPages = 0;
        ports.reset();
        trace.reset();
    }

    public IgdModel model() {
        return model;
    }

    /// The address of the OpRegion that the guest has set, 0 for none.
    public synchronized long asls() {
        return config.u32(OpRegion.ASLS);
    }

    /// The base of stolen memory that the guest has set, 0 for none or on a platform without BDSM.
    public synchronized long bdsm() {
        StolenBase base = model.platform().stolenBase();
        if (base == null) {
            return 0;
        }
        return base.bits() == 64 ? config.u64(base.offset()) : config.u32(base.offset());
    }

    /// The graphics control register.
    public synchronized int ggc() {
        return (int) config.u32(GGC) & 0xffff;
    }

    /// The command register: whether the guest has enabled memory, ports and bus mastering.
    public synchronized int command() {
        return (int) config.u32(COMMAND) & 0xffff;
    }

    /// The first 256 bytes of config space.
    public synchronized Image config() {
        return config.read(0, ConfigSpace.PCI_SIZE);
    }

    /// The value of a register in BAR0, without the side effects of reading it.
    ///
    /// @param offset a multiple of 4
    public synchronized int register(int offset) {
        return registers.peek(offset);
    }

    /// The name of the accessed register, `""` when no table row describes it.
    public synchronized String registerName(Activity.Entry entry) {
        return entry.region() == REGISTERS ? registers.name(entry.offset()) : "";
    }

    /// The picture on the monitor, empty while no plane is shown.
    ///
    /// The pixels come from BAR2 when anything was drawn there, else from guest memory.
    ///
    /// @param guest null when its memory is not accessible
    public Optional<Picture> picture(@Nullable Guest guest) throws IOException {
        Plane plane;
        synchronized (this) {
            plane = Plane.find(registers, model.platform().graphicsVersion());
        }
        if (plane == null) {
            return Optional.empty();
        }
        // Without the lock: the guest replies only while this device replies to its accesses.
        boolean stolenInAperture = model.platform().stolenBase() == null;
        Optional<Image> pixels = PlaneReader.pixels(plane, aperture, stolenInAperture, guest);
        return pixels.isEmpty() ? Optional.empty() : Optional.of(plane.picture(pixels.get()));
    }

    /// The address in guest memory of a page of the graphics address space, according to the global
    /// page table, or -1 when the entry is not valid.
    public synchronized long page(long address) {
        return registers.page(address);
    }

    /// The address in guest memory of each page that the shown plane is read from, according to the
    /// global page table, or -1 for an invalid entry; empty while no plane is shown.
    public synchronized List<Long> scannedPages() {
        Plane plane = Plane.find(registers, model.platform().graphicsVersion());
        return plane == null ? List.of() : plane.pages();
    }

    /// The first writes to config space, registers and page table since the firmware read the ROM:
    /// those of the programs in the ROM, and a few of the firmware.
    public synchronized List<Activity.Entry> writesSinceRom() {
        List<Activity.Entry> writes = new ArrayList<>(trace.writes());
        writes.addAll(registers.mappedEntries(MAX_FOUND));
        return writes;
    }

    /// How many entries of the page table the guest has pointed at the host's stolen memory since
    /// the last reset.
    public synchronized long hostPages() {
        return hostPages;
    }

    /// The accesses of the guest so far.
    public synchronized Activity activity() {
        return trace.activity(registers);
    }

    @Override
    public String toString() {
        return "virtual IGD " + model.id();
    }
}
