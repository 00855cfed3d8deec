package igdrom.virtualigd;

import igdrom.bytes.Image;
import igdrom.bytes.Memory;
import igdrom.knowledge.Platform.StolenBase;
import igdrom.vfiouser.wire.Access;
import igdrom.vfiouser.wire.PciDevice;
import igdrom.vfiouser.wire.DeviceLayout;
import igdrom.vfiouser.wire.DeviceReset;
import igdrom.vfiouser.wire.Guest;
import igdrom.vfiouser.wire.IrqInfo;
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
/// One thread serves it, any other may look at it meanwhile.
public final class VirtualIgd implements PciDevice {
    /// The region that is config space.
    public static final int CONFIG = RegionInfo.PCI_CONFIG;

    private static final int REGISTERS = 0;
    private static final int APERTURE = 2;
    private static final int PORTS = 4;
    private static final int PORTS_SIZE = 64;
    private static final int COMMAND = 4;
    private static final int GGC = 0x50;
    private static final int ASLS = 0xfc;

    /// Spec: PCI Local Bus 3.0, "Command Register": Interrupt Disable; "Message Control for MSI":
    /// MSI Enable.
    private static final int NO_PIN = 1 << 10;

    private static final int MSI_CAPABILITY = 5;
    private static final int MSI_ENABLED = 1 << 16;

    private final IgdModel model;
    private final Memory aperture;
    private final ConfigSpace config;
    private final Registers registers;
    private final IoPorts ports;
    private final Trace trace = new Trace();
    private final DeviceLayout layout;

    /// A message is sent once for each time that an interrupt becomes pending.
    private boolean sent;

    /// A device that was just switched on.
    ///
    /// @param aperture what is behind BAR2, and what the client maps; a power of two in size, 256
    ///   MiB on most machines. [igdrom.vfiouser.server.Server] is given its file.
    public VirtualIgd(IgdModel model, Memory aperture) {
        if (Long.bitCount(aperture.size()) != 1) {
            throw new IllegalArgumentException("an aperture of " + aperture.size());
        }
        this.model = model;
        this.aperture = aperture;
        this.config = ConfigTable.space(model, aperture.size());
        this.registers = new Registers(model, config);
        this.ports = new IoPorts(registers);
        this.layout = layout(config.size(), registers.size(), aperture.size());
    }

    private static DeviceLayout layout(long configSize, long registersSize, long apertureSize) {
        List<RegionInfo> regions = new ArrayList<>();
        for (int i = 0; i < RegionInfo.PCI_REGIONS; i++) {
            regions.add(
                    switch (i) {
                        case REGISTERS -> RegionInfo.plain(i, registersSize);
                        case APERTURE ->
                                new RegionInfo(i, apertureSize, true, true, true, List.of(), 0);
                        case PORTS -> RegionInfo.plain(i, PORTS_SIZE);
                        case CONFIG -> RegionInfo.plain(i, configSize);
                        default -> RegionInfo.none(i);
                    });
        }
        // No error interrupt, as old devices: QEMU warns of one that never comes.
        return new DeviceLayout(
                true,
                regions,
                List.of(
                        IrqInfo.intx(),
                        IrqInfo.messages(IrqInfo.MSI, 1),
                        IrqInfo.none(IrqInfo.MSIX)));
    }

    @Override
    public DeviceLayout layout() {
        return layout;
    }

    @Override
    public synchronized Reply handle(Access access) {
        return switch (access) {
            case DeviceReset() -> {
                reset();
                yield new Reply.Done();
            }
            case RegionRead read -> new RegionData(read, read(read));
            case RegionWrite write -> {
                write(write);
                yield new Reply.Done();
            }
        };
    }

    /// Every pipe that runs has shown one more picture: what somebody with a clock calls. An
    /// interrupt that follows from it is raised by [#settle].
    public synchronized void frame() {
        registers.frame();
    }

    /// Raises an interrupt when one is pending; besides a server, whoever calls [#frame] calls it.
    @Override
    public void settle(Guest guest) throws IOException {
        int kind;
        synchronized (this) {
            if (!registers.interrupting()) {
                sent = false;
                return;
            }
            kind = pending();
        }
        // Not under the lock, as everything that is asked of a guest.
        if (kind >= 0) {
            guest.raise(kind, 0);
        }
    }

    /// By which kind of interrupt the guest is to be told, -1 for none.
    private int pending() {
        if ((config.u32(config.capability(MSI_CAPABILITY)) & MSI_ENABLED) == 0) {
            return (config.u32(COMMAND) & NO_PIN) == 0 ? IrqInfo.INTX : -1;
        }
        boolean told = sent;
        sent = true;
        return told ? -1 : IrqInfo.MSI;
    }

    private Image read(RegionRead read) {
        long offset = read.offset();
        int count = read.count();
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
        switch ((int) write.region()) {
            case REGISTERS -> {
                registers.writeBytes(offset, data);
                if (offset < registers.pageTable()) {
                    // Several writes may come before anything is settled.
                    sent &= registers.interrupting();
                    trace.register(offset, data, true);
                } else {
                    trace.pageTableWritten();
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
                trace.config(offset, data, true);
            }
        }
    }

    private void reset() {
        Image asls = config.read(ASLS, 4);
        StolenBase base = model.platform().stolenBase();
        Image bdsm = base == null ? Image.EMPTY : config.read(base.offset(), base.bits() / 8);
        config.reset();
        if (model.reset() == IgdModel.Reset.KEEPS) {
            config.put(ASLS, asls);
            if (base != null) {
                config.put(base.offset(), bdsm);
            }
        }
        registers.reset();
        sent = false;
        ports.reset();
        trace.reset();
    }

    public IgdModel model() {
        return model;
    }

    /// The address of the OpRegion, as the guest has set it, 0 for none.
    public synchronized long asls() {
        return config.u32(ASLS);
    }

    /// The base of stolen memory, as the guest has set it, 0 for none and where there is none.
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

    /// The command register: whether the guest has switched on memory, ports, bus mastering.
    public synchronized int command() {
        return (int) config.u32(COMMAND) & 0xffff;
    }

    /// The first 256 bytes of config space.
    public synchronized Image config() {
        return config.read(0, ConfigSpace.SMALL);
    }

    /// What a register in BAR0 holds, without the consequences that reading it has.
    ///
    /// @param offset a multiple of 4
    public synchronized int register(int offset) {
        return registers.peek(offset);
    }

    /// What the register is called that an access was to, `""` when nothing is known of it.
    public synchronized String registerName(Activity.Entry entry) {
        return entry.region() == REGISTERS ? registers.name(entry.offset()) : "";
    }

    /// What a monitor shows, empty while it shows nothing.
    ///
    /// The pixels come from BAR2 when anything was drawn there, else from the guest's memory.
    ///
    /// @param guest null when its memory cannot be had
    public Optional<Picture> picture(@Nullable Guest guest) throws IOException {
        Plane plane;
        synchronized (this) {
            plane = Plane.find(registers, model.platform().graphicsVersion());
        }
        if (plane == null) {
            return Optional.empty();
        }
        // Not under the lock: a guest answers only as long as its accesses are answered.
        boolean stolenInAperture = model.platform().stolenBase() == null;
        Optional<Image> pixels = PlaneReader.pixels(plane, aperture, stolenInAperture, guest);
        return pixels.isEmpty() ? Optional.empty() : Optional.of(plane.picture(pixels.get()));
    }

    /// Where the global page table says that an address of the graphics address space is in the
    /// guest's memory, -1 for nowhere.
    public synchronized long page(long address) {
        return registers.page(address);
    }

    /// What the guest has done so far.
    public synchronized Activity activity() {
        return trace.activity(registers);
    }

    @Override
    public String toString() {
        return "virtual IGD " + model.id();
    }
}
