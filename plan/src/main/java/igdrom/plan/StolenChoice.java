package igdrom.plan;

import igdrom.bytes.Image;
import igdrom.host.MemoryRange;
import igdrom.host.Snapshot;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.LowMemory;
import igdrom.knowledge.Platform;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Chooses base and size of stolen memory in the guest.
final class StolenChoice {
    private static final long MIB = 1L << 20;

    /// Spec: Intel 82093AA, "I/O APIC": the chipset's own addresses begin here, the local APICs and
    /// the firmware follow.
    private static final long CHIPSET = 0xfec0_0000L;

    private final RomRequest request;
    private final @Nullable Snapshot host;
    private final Platform platform;
    private final PlanLog log;

    StolenChoice(RomRequest request, @Nullable Snapshot host, Platform platform, PlanLog log) {
        this.request = request;
        this.host = host;
        this.platform = platform;
        this.log = log;
    }

    StolenMemory choose() {
        if (!platform.stolenInGuest()) {
            String reason = platform.codename() + " needs none in a guest";
            log.decide(Subject.STOLEN_MEMORY, "none", new Reason.Because(reason));
            if (request.stolen().isRequested()) {
                log.warn("the requested stolen memory has no effect: " + reason);
            }
            return StolenMemory.UNKNOWN;
        }
        StolenMemory measured = measured();
        Long base = request.stolen().base();
        Long size = request.stolen().size();
        StolenMemory chosen =
                new StolenMemory(
                        base == null ? measured.base() : base,
                        size == null ? measured.size() : size);
        String problem = chosen.problem();
        if (!problem.isEmpty()) {
            log.refuse(problem);
            return StolenMemory.UNKNOWN;
        }
        decide(chosen);
        if (size != null) {
            checkSize(size);
        }
        checkMachine(chosen);
        return chosen;
    }

    private void decide(StolenMemory chosen) {
        String size = chosen.size() == 0 ? "size from the device" : chosen.size() / MIB + " MiB";
        String base =
                chosen.base() == 0
                        ? "at any free address"
                        : String.format("at 0x%x", chosen.base());
        log.decide(Subject.STOLEN_MEMORY, size + " " + base, reason(chosen));
        if (chosen.base() == 0 && platform.baseCompared()) {
            log.note(
                    "drivers for "
                            + platform.codename()
                            + " compare the base of stolen memory with other registers: use the"
                            + " host's own base",
                    Remedy.GIVE_STOLEN_BASE);
        }
    }

    private Reason reason(StolenMemory chosen) {
        if (request.stolen().base() != null) {
            return new Reason.Requested(RequestField.STOLEN_BASE);
        }
        return chosen.base() == 0 || host == null
                ? new Reason.Because("no base is known")
                : new Reason.FromHost("the host's own base");
    }

    /// Base and size in the host's registers, else those that its kernel reserves.
    private StolenMemory measured() {
        if (host == null) {
            return StolenMemory.UNKNOWN;
        }
        Optional<MemoryRange> reserved = host.stolenMemory().value();
        long base = reserved.isPresent() ? reserved.get().base() : 0;
        long size = reserved.isPresent() ? reserved.get().size() : 0;
        Optional<Image> config = host.igd().config().value();
        if (config.isPresent() && config.get().size() >= 256) {
            size = stolenSize(config.get(), platform, size);
            long register = stolenBase(config.get(), platform);
            if (register != 0 && base != 0 && register != base) {
                log.warn(
                        String.format(
                                "the host's BDSM is 0x%x, its kernel reserves 0x%x: using BDSM",
                                register, base));
            }
            base = register != 0 ? register : base;
        }
        // A range that is not whole MiB is not the register's: do not insist on it.
        return base % MIB == 0 && size % MIB == 0
                ? new StolenMemory(base, size)
                : StolenMemory.UNKNOWN;
    }

    private static long stolenSize(Image config, Platform platform, long otherwise) {
        long size =
                platform.graphicsControl()
                        .stolenSize(config.u16(platform.graphicsControl().offset()));
        return size != 0 ? size : otherwise;
    }

    private static long stolenBase(Image config, Platform platform) {
        Platform.StolenBase register = platform.stolenBase();
        if (register == null) {
            return 0;
        }
        long value = register.read(config);
        return value == 0xffff_ffffL || value == -1 ? 0 : value & -MIB;
    }

    /// A guest's driver takes the size from GGC, not from the ROM.
    private void checkSize(long size) {
        if (platform == null) {
            return;
        }
        Platform.GraphicsControl control = platform.graphicsControl();
        for (int gms = 0; gms < 1 << control.gmsBits(); gms++) {
            if (control.stolenSize(gms << control.gmsShift()) == size) {
                return;
            }
        }
        log.warn(
                "GGC cannot encode "
                        + size / MIB
                        + " MiB on "
                        + platform.codename()
                        + ": the guest uses the size in GGC instead");
    }

    private void checkMachine(StolenMemory chosen) {
        if (chosen.base() == 0) {
            return;
        }
        GuestMachine machine = request.machine();
        long end = chosen.base() + Math.max(chosen.size(), MIB);
        if (end > CHIPSET) {
            refuseOrWarn(
                    String.format(
                            "stolen memory at 0x%x ends above 0x%x, where guests have no memory",
                            chosen.base(), CHIPSET));
        } else if (machine != null) {
            LowMemory memory = Knowledge.lowMemory(machine.id());
            if (end > memory.limit()) {
                refuseOrWarn(above(chosen, machine, memory));
            }
        } else if (end > Knowledge.lowMemory(GuestMachine.PC.id()).limit()) {
            log.warn(
                    String.format(
                            "stolen memory at 0x%x ends above 3 GiB: possible only on pc with"
                                    + " max-ram-below-4g; otherwise the driver uses the highest"
                                    + " free address",
                            chosen.base()));
        } else if (end > Knowledge.lowMemory(GuestMachine.Q35.id()).limit()) {
            LowMemory memory = Knowledge.lowMemory(GuestMachine.Q35.id());
            log.warn(
                    above(chosen, GuestMachine.Q35, memory)
                            + "; there the driver uses the highest free address");
        }
    }

    private static String above(StolenMemory chosen, GuestMachine machine, LowMemory memory) {
        return switch (machine) {
            case BHYVE ->
                    String.format(
                            "stolen memory at 0x%x ends above bhyve's low memory of %s GiB: not"
                                    + " possible",
                            chosen.base(), gib(memory.limitMiB()));
            case Q35, PC ->
                    String.format(
                            "stolen memory at 0x%x ends above the low memory of %s when the guest"
                                    + " has %s GiB or more: not possible%s",
                            chosen.base(),
                            machine.id(),
                            gib(memory.fromMiB()),
                            machine == GuestMachine.PC ? " without max-ram-below-4g" : "");
        };
    }

    private static String gib(int mib) {
        return BigDecimal.valueOf(mib).divide(BigDecimal.valueOf(1024)).toPlainString();
    }

    /// A requested base is refused. The guest can do without the host's own.
    private void refuseOrWarn(String text) {
        if (request.stolen().base() != null) {
            log.conflict(Conflict.STOLEN_BASE, text);
        } else {
            log.warn(text + "; the driver uses the highest free address instead");
        }
    }
}
