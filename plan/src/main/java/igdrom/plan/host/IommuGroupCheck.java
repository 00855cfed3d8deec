package igdrom.plan.host;

import igdrom.host.IommuGroup;
import igdrom.host.PciFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What goes to a guest together with the IGD.
final class IommuGroupCheck {
    private static final int BRIDGE = 0x06;

    private IommuGroupCheck() {}

    /// Empty where the IOMMU is off.
    static Optional<HostCheck> of(Host host) {
        Optional<IommuGroup> group = host.group(host.igd());
        if (group.isEmpty()) {
            return Optional.empty();
        }
        List<String> others = new ArrayList<>();
        for (String address : group.get().functions()) {
            if (!address.equals(host.igd().address()) && !isBridge(host, address)) {
                others.add(host.facts().pci().at(address).map(Host::named).orElse(address));
            }
        }
        String name = "group " + group.get().number();
        if (others.isEmpty()) {
            return Optional.of(
                    HostCheck.ok(
                            CheckName.IOMMU_GROUP,
                            name + " is the IGD alone",
                            host.igd().use().iommuGroup(),
                            host.facts().iommu().groups()));
        }
        return Optional.of(
                HostCheck.warning(
                                CheckName.IOMMU_GROUP,
                                name
                                        + " also has "
                                        + String.join(", ", others)
                                        + ": the guest starts only when no driver of the host has"
                                        + " them",
                                host.facts().iommu().groups())
                        .with(
                                Fix.Do.of(
                                        "hand these devices to the same guest, or leave them"
                                                + " without a driver")));
    }

    private static boolean isBridge(Host host, String address) {
        Optional<PciFunction> function = host.facts().pci().at(address);
        return function.flatMap(known -> known.classCode().value()).orElse(0) >>> 16 == BRIDGE;
    }
}
