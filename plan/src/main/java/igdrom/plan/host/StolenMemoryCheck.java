package igdrom.plan.host;

import igdrom.bytes.Image;
import igdrom.formats.acpi.Dmar;
import igdrom.host.Fact;
import igdrom.host.IommuGroup;
import igdrom.host.MemoryRange;
import igdrom.knowledge.Platform;
import java.util.List;
import java.util.Optional;

/// How much memory the firmware reserved for the IGD.
final class StolenMemoryCheck {
    private static final long MIB = 1 << 20;
    private static final long FLAGS = MIB - 1;

    /// No processor has more than 52 bits of physical addresses.
    private static final long MAX_ADDRESS = 1L << 52;

    /// Source: Linux, drivers/iommu/iommu.c, `iommu_group_resv_type_string`.
    private static final String RMRR_OF_IGD = "direct";

    private StolenMemoryCheck() {}

    static HostCheck of(Host host) {
        Platform platform = host.platform().orElse(null);
        Fact<MemoryRange> reserved = reserved(host);
        String rmrr = reserved.value().map(range -> "RMRR " + text(range)).orElse("");
        if (platform != null && !platform.stolenInGuest()) {
            return HostCheck.ok(
                    CheckName.STOLEN_MEMORY,
                    "a guest needs none on "
                            + platform.family()
                            + (rmrr.isEmpty()
                                    ? ", and an RMRR is not to be expected"
                                    : "; " + rmrr),
                    host.igd().id());
        }
        Optional<Long> size = size(host);
        if (size.isPresent() && size.get() == 0) {
            return HostCheck.warning(
                            CheckName.STOLEN_MEMORY,
                            "none: the size in GGC is 0, and GOP and Windows' driver need some",
                            host.igd().config())
                    .with(FirmwareSetting.DVMT.fix());
        }
        Optional<MemoryRange> stolen = stolen(host);
        if (stolen.isPresent()) {
            return HostCheck.ok(
                    CheckName.STOLEN_MEMORY,
                    stolen.get().size() / MIB
                            + " MiB at 0x%x".formatted(stolen.get().base())
                            + (rmrr.isEmpty() ? "" : "; with its page table: " + rmrr),
                    size.isPresent() ? host.igd().config() : host.facts().stolenMemory(),
                    reserved);
        }
        if (reserved.value().isPresent()) {
            return HostCheck.ok(CheckName.STOLEN_MEMORY, "with its page table: " + rmrr, reserved);
        }
        HostCheck unknown =
                HostCheck.unknown(
                        CheckName.STOLEN_MEMORY,
                        Host.reason(host.facts().stolenMemory()),
                        host.facts().stolenMemory(),
                        host.igd().config());
        return isShort(host) || host.needsRoot(host.facts().stolenMemory())
                ? unknown.with(new Fix.Use(HostRemedy.READ_AS_ROOT))
                : unknown;
    }

    /// Whether config space ends where it does for all but root.
    private static boolean isShort(Host host) {
        return host.igd().config().value().map(config -> config.size() <= 64).orElse(false);
    }

    /// The size that GGC gives.
    private static Optional<Long> size(Host host) {
        Image config = host.igd().config().value().orElse(Image.EMPTY);
        return host.platform()
                .map(Platform::graphicsControl)
                .filter(control -> control.offset() + 2 <= config.size())
                .filter(_ -> config.size() > 64)
                .map(control -> control.stolenSize(config.u16(control.offset())));
    }

    /// The range from the registers, else as the kernel reserves it.
    static Optional<MemoryRange> stolen(Host host) {
        Optional<Long> size = size(host);
        Optional<Platform.StolenBase> register = host.platform().map(Platform::stolenBase);
        Image config = host.igd().config().value().orElse(Image.EMPTY);
        if (size.isPresent()
                && size.get() > 0
                && register.isPresent()
                && register.get().offset() + register.get().bits() / 8 <= config.size()) {
            long base = register.get().read(config) & ~FLAGS;
            if (base > 0 && base < MAX_ADDRESS) {
                return Optional.of(new MemoryRange(base, size.get()));
            }
        }
        return host.facts().stolenMemory().value();
    }

    /// The memory that the IOMMU maps for the IGD one to one: stolen memory and its page table.
    static Fact<MemoryRange> reserved(Host host) {
        Fact<Optional<Dmar>> table = host.facts().iommu().dmar();
        for (Dmar dmar : table.value().flatMap(o -> o).stream().toList()) {
            for (Dmar.ReservedMemory memory : dmar.reserved()) {
                if (memory.devices().contains(host.igd().address())
                        && memory.base() >= 0
                        && memory.last() > memory.base()
                        && memory.last() < MAX_ADDRESS) {
                    long size = memory.last() - memory.base() + 1;
                    return new Fact.Known<>(new MemoryRange(memory.base(), size), table.source());
                }
            }
        }
        Optional<IommuGroup> group = host.group(host.igd());
        if (group.isPresent()) {
            Fact<?> source = group.get().reserved();
            for (IommuGroup.Reserved each : group.get().reserved().value().orElse(List.of())) {
                if (each.type().startsWith(RMRR_OF_IGD)) {
                    return new Fact.Known<>(each.range(), source.source());
                }
            }
        }
        return new Fact.Unknown<>(table.source(), "no RMRR of the IGD");
    }

    private static String text(MemoryRange range) {
        return range + ", " + range.size() / MIB + " MiB";
    }
}
