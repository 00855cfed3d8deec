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

/// Where stolen memory is to be in the guest, and how large.
final class StolenChoice {
    private static final long MIB = 1L << 20;

    /// Spec: Intel 82093AA, "I/O APIC": the chipset's own addresses begin here, the local APICs and
    /// the firmware follow.
    private static final long CHIPSET = 0xfec0_0000L;

    private final RomRequest request;
    private final @Nullable Snapshot host;
    private final @Nullable Platform platform;
    private final PlanLog remarks;

    StolenChoice(
            RomRequest request,
            @Nullable Snapshot host,
            @Nullable Platform platform,
            PlanLog remarks) {
        this.request = request;
        this.host = host;
        this.platform = platform;
        this.remarks = remarks;
    }

    StolenMemory choose() {
        boolean asked = request.stolenBase() != 0 || request.stolenSize() != 0;
        if (platform == null || !platform.stolenInGuest()) {
            String why =
                    platform == null
                            ? "the device is not known"
                            : platform.codename() + " needs none in a guest";
            remarks.decide("stolen memory", "none", why);
            if (asked) {
                remarks.warn("--stolen-base and --stolen-size have no effect: " + why);
            }
            return StolenMemory.UNKNOWN;
        }
        StolenMemory measured = measured();
        StolenMemory chosen =
                new StolenMemory(
                        request.stolenBase() != 0 ? request.stolenBase() : measured.base(),
                        request.stolenSize() != 0 ? request.stolenSize() : measured.size());
        String problem = chosen.problem();
        if (!problem.isEmpty()) {
            remarks.refuse(problem);
            return StolenMemory.UNKNOWN;
        }
        decide(chosen);
        checkSize();
        checkMachine(chosen);
        return chosen;
    }

    private void decide(StolenMemory chosen) {
        String base =
                chosen.base() == 0
                        ? "where the guest has room"
                        : String.format("at 0x%x", chosen.base());
        String size =
                chosen.size() == 0 ? "as large as the device says" : chosen.size() / MIB + " MiB";
        String from =
                request.stolenBase() != 0
                        ? "--stolen-base"
                        : chosen.base() != 0 ? "the host's own place" : "no base is known";
        remarks.decide("stolen memory", size + " " + base, from);
        if (chosen.base() == 0 && platform != null && platform.baseCompared()) {
            remarks.note(
                    "drivers for "
                            + platform.codename()
                            + " compare the base of stolen memory with other registers: the host's"
                            + " own is best (--host, --snapshot or --stolen-base)");
        }
    }

    /// What the host's registers say, else what its kernel reserves.
    private StolenMemory measured() {
        if (host == null) {
            return StolenMemory.UNKNOWN;
        }
        Optional<MemoryRange> reserved = host.stolenMemory().value();
        long base = reserved.isPresent() ? reserved.get().base() : 0;
        long size = reserved.isPresent() ? reserved.get().size() : 0;
        Optional<Image> config = host.igd().config().value();
        if (config.isPresent() && config.get().size() >= 256 && platform != null) {
            size = stolenSize(config.get(), platform, size);
            long register = stolenBase(config.get(), platform);
            if (register != 0 && base != 0 && register != base) {
                remarks.warn(
                        String.format(
                                "the host's BDSM is 0x%x, its kernel reserves 0x%x: BDSM is taken",
                                register, base));
            }
            base = register != 0 ? register : base;
        }
        // A kernel's range that is no whole number of MiB is not one to insist on.
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
        long value =
                register.bits() == 64
                        ? config.u64(register.offset())
                        : config.u32(register.offset());
        return value == 0xffff_ffffL || value == -1 ? 0 : value & -MIB;
    }

    /// A guest's driver takes the size from GGC, not from the ROM.
    private void checkSize() {
        if (request.stolenSize() == 0 || platform == null) {
            return;
        }
        Platform.GraphicsControl control = platform.graphicsControl();
        for (int gms = 0; gms < 1 << control.gmsBits(); gms++) {
            if (control.stolenSize(gms << control.gmsShift()) == request.stolenSize()) {
                return;
            }
        }
        remarks.warn(
                "no value of GGC means "
                        + request.stolenSize() / MIB
                        + " MiB on "
                        + platform.codename()
                        + ", and GGC is where guests look: the size that it says is part of it");
    }

    private void checkMachine(StolenMemory chosen) {
        if (chosen.base() == 0) {
            return;
        }
        GuestMachine machine = request.machine();
        long last = chosen.base() + Math.max(chosen.size(), MIB);
        if (last > CHIPSET) {
            cannot(
                    String.format(
                            "stolen memory at 0x%x ends above 0x%x, where no guest has memory",
                            chosen.base(), CHIPSET));
        } else if (machine == null) {
            if (last > Knowledge.lowMemory(GuestMachine.PC.id()).limit()) {
                remarks.warn(
                        String.format(
                                "stolen memory at 0x%x ends above 3 GiB: it can be had on pc with"
                                    + " max-ram-below-4g only, else the driver takes the highest"
                                    + " free place instead",
                                chosen.base()));
            }
        } else if (last > Knowledge.lowMemory(machine.id()).limit()) {
            cannot(above(chosen, machine));
        }
    }

    private static String above(StolenMemory chosen, GuestMachine machine) {
        LowMemory memory = Knowledge.lowMemory(machine.id());
        if (machine == GuestMachine.BHYVE) {
            return String.format(
                    "stolen memory at 0x%x ends above the %s GiB that bhyve has as low memory: it"
                            + " cannot be had there",
                    chosen.base(), gib(memory.limitMiB()));
        }
        return String.format(
                "stolen memory at 0x%x ends above what %s has as low memory when the guest has %s"
                        + " GiB or more: it cannot be had there%s",
                chosen.base(),
                machine.id(),
                gib(memory.fromMiB()),
                machine == GuestMachine.PC ? " without max-ram-below-4g" : "");
    }

    private static String gib(int mib) {
        return BigDecimal.valueOf(mib).divide(BigDecimal.valueOf(1024)).toPlainString();
    }

    /// The owner's wish is refused; of the host's own place the guest can do without.
    private void cannot(String words) {
        if (request.stolenBase() != 0) {
            remarks.refuse(words, Conflict.STOLEN_BASE);
        } else {
            remarks.warn(words + ", and the driver takes the highest free place instead");
        }
    }
}
