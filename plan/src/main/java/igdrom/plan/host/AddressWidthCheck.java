package igdrom.plan.host;

import igdrom.formats.acpi.Dmar;
import igdrom.host.Fact;
import igdrom.host.Iommu;
import igdrom.host.RemappingUnit;
import java.util.List;
import java.util.Optional;

/// How many address bits a guest may have: the IOMMU maps no more than its own.
final class AddressWidthCheck {
    private AddressWidthCheck() {}

    /// Empty where neither the IOMMU nor the firmware shows a width.
    static Optional<HostCheck> of(Host host) {
        Iommu iommu = host.facts().iommu();
        Optional<Integer> unit = unit(host).map(RemappingUnit::addressWidth);
        Optional<Integer> table = iommu.dmar().value().flatMap(o -> o).map(Dmar::addressWidth);
        Optional<Integer> width = unit.or(() -> table);
        if (width.isEmpty()) {
            return Optional.empty();
        }
        Fact<?> source = unit.isPresent() ? iommu.units() : iommu.dmar();
        int bits = width.get();
        Fact<Integer> processor = host.facts().machine().addressWidth();
        int most = processor.value().orElse(bits);
        if (most <= bits) {
            return Optional.of(
                    HostCheck.ok(
                            CheckName.ADDRESS_WIDTH,
                            bits
                                    + " bits"
                                    + (processor.value().isPresent()
                                            ? ", and the processor has no more"
                                            : " in the firmware's table DMAR"),
                            source,
                            processor));
        }
        return Optional.of(
                HostCheck.warning(
                                CheckName.ADDRESS_WIDTH,
                                "the IOMMU maps %d bits, the processor has %d: a guest with all of"
                                                .formatted(bits, most)
                                        + " them gets addresses that the IOMMU cannot map",
                                source,
                                processor)
                        .with(Fix.Do.of(limit(host, bits))));
    }

    private static String limit(Host host, int bits) {
        return host.isProxmox()
                ? "give the guest %d bits: cpu: host,phys-bits=%d".formatted(bits, bits)
                : ("give the guest %d bits: -cpu host,host-phys-bits-limit=%d in QEMU, <maxphysaddr"
                                + " mode='passthrough' limit='%d'/> in libvirt")
                        .formatted(bits, bits, bits);
    }

    /// The unit of the IGD: the one that serves it, else the first, as on almost all machines.
    private static Optional<RemappingUnit> unit(Host host) {
        List<RemappingUnit> units = host.facts().iommu().units().value().orElse(List.of());
        for (RemappingUnit unit : units) {
            if (unit.functions().value().orElse(List.of()).contains(host.igd().address())) {
                return Optional.of(unit);
            }
        }
        return units.stream().findFirst();
    }
}
