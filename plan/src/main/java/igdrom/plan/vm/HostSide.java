package igdrom.plan.vm;

import igdrom.bytes.Image;
import igdrom.formats.acpi.Dmar;
import igdrom.formats.pci.PciId;
import igdrom.host.Fact;
import igdrom.host.MemoryRange;
import igdrom.host.PciFunctions;
import igdrom.host.RemappingUnit;
import igdrom.host.Snapshot;
import igdrom.knowledge.LowMemory;
import igdrom.knowledge.Platform;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the facts about a host say about the guests that it can have.
///
/// @param host null when nothing is known
record HostSide(@Nullable Snapshot host) {
    private static final int OTHER_DISPLAY = 0x0380;
    private static final int ISA_BRIDGE = 0x0601;

    /// Observed: the IOMMU of 243 of 272 machines with an IGD.
    private static final int USUAL_WIDTH = 39;

    /// Observed: all of 22 Sandy Bridge and Ivy Bridge machines.
    private static final int OLD_WIDTH = 36;

    private static final int FIRST_WITH_USUAL_WIDTH = 750;

    /// Observed: the firmware's table DMAR of Lunar Lake machines.
    private static final int NEW_WIDTH = 38;

    private static final int FIRST_WITH_NEW_WIDTH = 2000;

    private <T> Optional<T> fact(Function<Snapshot, Fact<T>> getter) {
        return host == null ? Optional.empty() : getter.apply(host).value();
    }

    @Nullable PciId igdId() {
        return fact(facts -> facts.igd().id()).orElse(null);
    }

    String igdAddress() {
        return host == null ? PciFunctions.USUAL_IGD : host.igd().address();
    }

    boolean isVirtual() {
        return fact(facts -> facts.igd().use().physicalFunction())
                .map(Optional::isPresent)
                .orElse(false);
    }

    /// @param rom which says what its GPU is where the host does not
    boolean isOtherDisplay(@Nullable RomFacts rom) {
        int ofRom = rom == null ? 0 : rom.classCode() >> 8;
        return fact(facts -> facts.igd().classCode()).map(code -> code >> 8).orElse(ofRom)
                == OTHER_DISPLAY;
    }

    /// Whether 00:1f.0 is known not to be an LPC bridge, so that vfio-pci does not offer it.
    boolean isLpcHidden() {
        return fact(facts -> facts.lpc().classCode())
                .map(code -> code >> 8 != ISA_BRIDGE)
                .orElse(false);
    }

    boolean isVgaDisabled() {
        return fact(facts -> facts.vfio().disableVga()).orElse(false);
    }

    Versions versions() {
        return new Versions(
                version(fact(facts -> facts.hypervisors().qemu())),
                version(fact(facts -> facts.hypervisors().libvirt())),
                version(fact(facts -> facts.hypervisors().proxmox())));
    }

    private static @Nullable ProgramVersion version(Optional<Optional<String>> fact) {
        return fact.flatMap(text -> text).flatMap(ProgramVersion::in).orElse(null);
    }

    /// The size of stolen memory that the register GGC shows, empty when it is not known.
    OptionalLong stolenSize(@Nullable Platform platform) {
        Optional<Image> config = fact(facts -> facts.igd().config());
        if (platform == null
                || config.isEmpty()
                || config.get().size() < platform.graphicsControl().offset() + 2) {
            return OptionalLong.empty();
        }
        int value = config.get().u16(platform.graphicsControl().offset());
        return value == 0xffff
                ? OptionalLong.empty()
                : OptionalLong.of(platform.graphicsControl().stolenSize(value));
    }

    /// Why the guest cannot have stolen memory where the host has it, empty when it can.
    Optional<String> stolenAbove(LowMemory low, int memoryMiB) {
        Optional<MemoryRange> stolen =
                host == null ? Optional.empty() : host.stolenMemory().value();
        if (stolen.isEmpty()) {
            return Optional.empty();
        }
        long end = stolen.get().base() + stolen.get().size();
        long limit =
                memoryMiB >= low.fromMiB()
                        ? low.limit()
                        : Math.min(low.limit(), (long) memoryMiB << 20);
        return end <= limit
                ? Optional.empty()
                : Optional.of(
                        ("the host has its stolen memory up to 0x%x, and a guest on %s with %d MiB"
                                        + " has memory up to 0x%x below 4 GiB: drivers that compare"
                                        + " the base with the host's registers may fail")
                                .formatted(end, low.machine(), memoryMiB, limit));
    }

    boolean knowsAddressWidth() {
        return iommuWidth().isPresent();
    }

    /// Whether the processor is known to have more address bits than the IOMMU translates.
    boolean processorIsWider() {
        Optional<Integer> processor = fact(facts -> facts.machine().addressWidth());
        return iommuWidth().isPresent()
                && processor.isPresent()
                && processor.get() > iommuWidth().get();
    }

    /// That of the unit that serves the IGD; where no unit is known to, the smallest is safe.
    private Optional<Integer> iommuWidth() {
        List<RemappingUnit> units = fact(facts -> facts.iommu().units()).orElse(List.of());
        for (RemappingUnit unit : units) {
            if (unit.functions().value().orElse(List.of()).contains(igdAddress())) {
                return Optional.of(unit.addressWidth());
            }
        }
        return units.stream()
                .map(RemappingUnit::addressWidth)
                .min(Integer::compare)
                .or(this::tableWidth);
    }

    /// That in the firmware's table, which is all that a pasted text may show.
    private Optional<Integer> tableWidth() {
        return fact(facts -> facts.iommu().dmar()).flatMap(table -> table).map(Dmar::addressWidth);
    }

    /// The width of addresses that the IOMMU translates and the processor has.
    AddressWidth addressWidth(@Nullable Platform platform) {
        Optional<Integer> iommu = iommuWidth();
        Optional<Integer> processor = fact(facts -> facts.machine().addressWidth());
        if (iommu.isPresent()) {
            int bits = Math.min(iommu.get(), processor.orElse(iommu.get()));
            return new AddressWidth(bits, "the IOMMU of the host translates " + iommu.get());
        }
        int usual = usualWidth(platform);
        if (processor.isPresent() && processor.get() < usual) {
            return new AddressWidth(
                    processor.get(), "the processor has no more; the IOMMU's are not known");
        }
        return new AddressWidth(
                usual,
                usual == USUAL_WIDTH || platform == null
                        ? "usual for Intel's IOMMUs; the host's own is not known"
                        : "usual for " + platform.family() + "; the host's own is not known");
    }

    private static int usualWidth(@Nullable Platform platform) {
        if (platform == null) {
            return USUAL_WIDTH;
        }
        return platform.graphicsVersion() < FIRST_WITH_USUAL_WIDTH
                ? OLD_WIDTH
                : platform.graphicsVersion() < FIRST_WITH_NEW_WIDTH ? USUAL_WIDTH : NEW_WIDTH;
    }
}
