package igdrom.plan.host;

import igdrom.host.Fact;
import igdrom.host.Machine;
import igdrom.host.OperatingSystem;
import java.util.ArrayList;
import java.util.List;

/// What the facts were read on: a host, or something that shows a part of one.
final class SystemCheck {
    private SystemCheck() {}

    static HostCheck of(Host host) {
        Machine machine = host.facts().machine();
        if (host.isGuest()) {
            return HostCheck.unknown(
                            CheckName.SYSTEM,
                            "this is a virtual machine: its devices, IOMMU and firmware are those"
                                    + " that its hypervisor emulates, and say nothing of the host",
                            machine.virtual())
                    .with(new Fix.Use(HostRemedy.READ_ON_HOST));
        }
        if (machine.container().value().orElse(false)) {
            return HostCheck.warning(
                            CheckName.SYSTEM,
                            "this is a container: /sys is the host's, but /boot, /etc and the"
                                    + " installed hypervisors are the container's",
                            machine.container())
                    .with(new Fix.Use(HostRemedy.READ_ON_HOST));
        }
        if (machine.system().value().orElse(null) == OperatingSystem.OTHER) {
            return HostCheck.unknown(
                            CheckName.SYSTEM,
                            "the facts of other systems than Linux and FreeBSD cannot be read",
                            machine.system())
                    .with(new Fix.Use(HostRemedy.READ_ON_HOST));
        }
        String text = text(host);
        return text.isEmpty()
                ? HostCheck.unknown(
                        CheckName.SYSTEM,
                        "the operating system and its kernel are not recorded",
                        machine.system())
                : HostCheck.ok(
                        CheckName.SYSTEM,
                        text,
                        machine.distributionName(),
                        host.facts().kernel().release());
    }

    private static String text(Host host) {
        Machine machine = host.facts().machine();
        List<String> parts = new ArrayList<>();
        List<String> board = new ArrayList<>();
        add(board, host.facts().firmware().vendor());
        add(board, host.facts().firmware().product());
        if (!board.isEmpty()) {
            parts.add(String.join(" ", board));
        }
        add(parts, machine.processor());
        add(parts, machine.distributionName());
        Fact<String> release = host.facts().kernel().release();
        if (release.value().isPresent()) {
            parts.add((host.isFreeBsd() ? "FreeBSD " : "Linux ") + release.value().get());
        } else if (machine.system().value().isPresent()) {
            parts.add(host.isFreeBsd() ? "FreeBSD" : "Linux");
        }
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, Fact<String> fact) {
        fact.value().filter(known -> !known.isBlank()).ifPresent(parts::add);
    }
}
