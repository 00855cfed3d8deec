package igdrom.plan.host;

import igdrom.host.Fact;
import igdrom.host.Hypervisors;
import igdrom.plan.vm.ProgramVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether the hypervisor is new enough.
final class HypervisorCheck {
    /// Source: QEMU 10.0.2 and 7.2.22, hw/vfio/igd.c.
    private static final ProgramVersion LOUD = new ProgramVersion(10, 0, 0);

    private HypervisorCheck() {}

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
        return HostCheck.ok(CheckName.HYPERVISOR, text, qemu, found.libvirt(), found.proxmox());
    }
}
