package igdrom.plan.host;

import igdrom.host.Fact;
import igdrom.host.Hypervisors;
import igdrom.plan.vm.ProgramVersion;
import igdrom.plan.vm.VfioProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether the hypervisor is new enough.
final class HypervisorCheck {
    /// Source: QEMU 10.0.2 and 7.2.22, hw/vfio/igd.c.
    private static final ProgramVersion LOUD = new ProgramVersion(10, 0, 0);

    /// The file of fw_cfg with the OpRegion, which only that support makes.
    ///
    /// Source: QEMU, hw/vfio/igd.c. Observed: QEMU 7.2.22, 10.0.13 and 11.1.3 of Debian.
    private static final String OPREGION_FILE = "etc/igd-opregion";

    private HypervisorCheck() {}

    private static boolean isBuiltWithoutIgd(Fact<List<String>> names) {
        return names.value().isPresent()
                && !names.value().get().isEmpty()
                && !names.value().get().contains(OPREGION_FILE);
    }

    /// Properties that the version of QEMU should have and its program does not contain.
    private static List<String> lacking(Host host) {
        List<String> names = host.facts().hypervisors().qemuIgd().value().orElse(List.of());
        return names.isEmpty() || host.qemu().isEmpty()
                ? List.of()
                : VfioProperty.all().stream()
                        .filter(property -> property.name().startsWith("x-igd-"))
                        .filter(property -> host.qemu().get().isAtLeast(property.since()))
                        .map(VfioProperty::name)
                        .filter(name -> !names.contains(name))
                        .toList();
    }

    static HostCheck of(Host host) {
        Hypervisors found = host.facts().hypervisors();
        if (host.isFreeBsd()) {
            return HostCheck.ok(
                    CheckName.HYPERVISOR,
                    "bhyve is part of FreeBSD",
                    host.facts().machine().system());
        }
        Fact<Optional<String>> qemu = found.qemu();
        if (qemu.value().isEmpty()) {
            return HostCheck.unknown(CheckName.HYPERVISOR, Host.reason(qemu), qemu);
        }
        if (qemu.value().get().isEmpty()) {
            return HostCheck.warning(CheckName.HYPERVISOR, "QEMU is not installed", qemu);
        }
        List<String> names = new ArrayList<>();
        found.proxmox().value().flatMap(o -> o).ifPresent(v -> names.add("Proxmox VE " + v));
        names.add("QEMU " + qemu.value().get().get());
        found.libvirt().value().flatMap(o -> o).ifPresent(v -> names.add("libvirt " + v));
        String text = String.join(", ", names);
        if (!host.qemu().map(version -> version.isAtLeast(LOUD)).orElse(true)) {
            return HostCheck.warning(
                            CheckName.HYPERVISOR,
                            text
                                    + ": only from QEMU "
                                    + LOUD
                                    + " on, the OpRegion comes without legacy mode, which fails in"
                                    + " silence when anything is missing",
                            qemu)
                    .with(
                            Fix.Do.of(
                                    host.isProxmox()
                                            ? "update to Proxmox VE 9, which has QEMU 10"
                                            : "use QEMU 10.0 or newer, if your distribution has"
                                                    + " it"));
        }
        if (isBuiltWithoutIgd(found.qemuIgd())) {
            return HostCheck.warning(
                            CheckName.HYPERVISOR,
                            text
                                    + ": this QEMU was built without support for Intel's graphics,"
                                    + " so a guest gets neither OpRegion nor stolen memory from it",
                            found.qemuIgd())
                    .with(Fix.Do.of("use a QEMU that was built with CONFIG_VFIO_IGD"));
        }
        List<String> lacking = lacking(host);
        if (!lacking.isEmpty()) {
            return HostCheck.warning(
                    CheckName.HYPERVISOR,
                    text
                            + ": its program lacks "
                            + String.join(", ", lacking)
                            + ", which this version should have, so a guest may not start",
                    found.qemuIgd());
        }
        return HostCheck.ok(CheckName.HYPERVISOR, text, qemu, found.libvirt(), found.proxmox());
    }
}
