package igdrom.bench;

import igdrom.bench.judge.Expectation;
import igdrom.bench.judge.Observations;
import igdrom.bench.judge.Observations.DisplayState;
import igdrom.bench.judge.Observations.Stolen;
import igdrom.bench.witness.Witness;
import igdrom.bench.witness.Witness.GopPolicy;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.knowledge.DisplayBuffer;
import igdrom.knowledge.Knowledge;
import igdrom.virtualigd.VirtualIgd;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads the guest's memory and the registers of the devices while the witness waits.
final class GuestInspector {
    private static final long MIB = 1 << 20;
    private static final long MAX_VBT = 1 << 20;
    private static final int PAGE = 4096;

    /// How many pages of stolen memory are written to.
    private static final int PROBES = 16;

    private static final int PROBE = 0x5a;
    private static final String NO_MEMORY = "no memory at 0x";

    private final GuestStart start;
    private final Expectation expected;
    private final GuestStart.Memory ram;
    private final List<GpuServer> gpus;

    GuestInspector(
            GuestStart start, GuestStart.Memory ram, Expectation expected, List<GpuServer> gpus) {
        this.start = start;
        this.expected = expected;
        this.ram = ram;
        this.gpus = gpus;
    }

    Observations.Look look(Witness witness) {
        List<Observations.Gpu> seen = new ArrayList<>();
        for (int i = 0; i < expected.gpus().size(); i++) {
            Expectation.Gpu wanted = expected.gpus().get(i);
            seen.add(gpus.isEmpty() ? real(wanted, witness) : gpu(wanted, gpus.get(i), witness));
        }
        return new Observations.Look(witness, seen, vbt(witness), null);
    }

    private Observations.Gpu gpu(Expectation.Gpu wanted, GpuServer server, Witness witness) {
        GuestStart.Registers registers = start.registers(wanted, server, witness);
        long asls = registers.asls();
        long bdsm = registers.bdsm();
        Optional<Image> opRegion = Optional.empty();
        if (asls != 0 && wanted.opRegion() != null) {
            int size = Math.toIntExact(wanted.opRegion().bytes().size());
            opRegion = server.read(asls, size);
        }
        Stolen stolen = new Stolen.Unread("no stolen memory is expected");
        String notMemory = "";
        if (wanted.stolen() != null) {
            long base = bdsm & -MIB;
            stolen = stolen(base, wanted.stolen().size());
            notMemory = notMemory(server, base, wanted.stolen().size());
        }
        return new Observations.Gpu(
                asls,
                bdsm,
                opRegion,
                stolen,
                notMemory,
                server.device().writesSinceRom(),
                display(wanted, server.device(), bdsm & -MIB));
    }

    /// A real device, whose registers nobody but the guest may read, and which reads the guest's
    /// memory for nobody else.
    private Observations.Gpu real(Expectation.Gpu wanted, Witness witness) {
        GuestStart.Registers registers = start.registers(wanted, null, witness);
        long base = registers.bdsm() & -MIB;
        Expectation.Stolen stolen = wanted.stolen();
        return new Observations.Gpu(
                registers.asls(),
                registers.bdsm(),
                registers.asls() == 0 || wanted.opRegion() == null
                        ? Optional.empty()
                        : ram.read(
                                registers.asls(),
                                Math.toIntExact(wanted.opRegion().bytes().size())),
                stolen == null
                        ? new Stolen.Unread("no stolen memory is expected")
                        : stolen(base, stolen.size()),
                stolen == null || ram.read(base + stolen.size() - PAGE, PAGE).isPresent()
                        ? ""
                        : NO_MEMORY + Long.toHexString(base),
                List.of(),
                DisplayState.CLEAR);
    }

    private static DisplayState display(Expectation.Gpu wanted, VirtualIgd device, long base) {
        long foreign = 0;
        if (wanted.stolen() != null) {
            long size = wanted.stolen().size();
            for (long at = 0; at < size; at += PAGE) {
                long page = device.page(at);
                if (page < base || page >= base + size) {
                    foreign++;
                }
            }
        }
        List<String> unrequested = new ArrayList<>();
        for (DisplayBuffer buffer : Knowledge.displayBuffers(device.model().platform())) {
            int both = DisplayBuffer.POWER_STATE | DisplayBuffer.POWER_REQUEST;
            if ((device.register(buffer.offset()) & both) == DisplayBuffer.POWER_STATE) {
                unrequested.add(buffer.name());
            }
        }
        return new DisplayState(foreign, unrequested);
    }

    private Stolen stolen(long base, long size) {
        if (base == 0) {
            return new Stolen.Unread("BDSM is 0");
        }
        OptionalLong other = ram.firstNonZero(base, size);
        if (other.isEmpty()) {
            return new Stolen.Unread(NO_MEMORY + Long.toHexString(base));
        }
        long address = other.getAsLong();
        if (address == base + size) {
            return new Stolen.Zeros();
        }
        boolean untouched =
                ram.read(address & -PAGE, PAGE)
                        .map(page -> page.isFilledWith(GuestRam.PATTERN))
                        .orElse(false);
        return new Stolen.Filled(address - base, untouched);
    }

    /// Writes to a few pages as the device does, reads them back, and restores them.
    ///
    /// @return why the range is not the guest's memory, empty when it is
    private String notMemory(GpuServer server, long base, long size) {
        if (base == 0) {
            return "BDSM is 0";
        }
        long step = Math.max(PAGE, size / PROBES & -PAGE);
        for (long at = 0;
                at < size;
                at = at == size - PAGE ? size : Math.min(at + step, size - PAGE)) {
            long address = base + at;
            Optional<Image> before = server.read(address, PAGE);
            if (before.isEmpty() || server.guest().isEmpty()) {
                return NO_MEMORY + Long.toHexString(address);
            }
            try {
                Image probe = new Emitter().fill(PROBE, PAGE).toImage();
                server.guest().get().write(address, probe);
                Optional<Image> after = ram.read(address, PAGE);
                server.guest().get().write(address, before.get());
                if (!after.equals(Optional.of(probe))) {
                    return "0x%x does not keep what is written".formatted(address);
                }
            } catch (IOException _) {
                return "0x%x cannot be written".formatted(address);
            }
        }
        return "";
    }

    private Optional<Image> vbt(Witness witness) {
        if (witness.policies().isEmpty()) {
            return Optional.empty();
        }
        GopPolicy policy = witness.policies().getFirst();
        if (policy.vbtStatus() != 0 || policy.vbtSize() > MAX_VBT) {
            return Optional.empty();
        }
        return gpus.isEmpty()
                ? ram.read(policy.vbt(), (int) policy.vbtSize())
                : gpus.getFirst().read(policy.vbt(), (int) policy.vbtSize());
    }
}
