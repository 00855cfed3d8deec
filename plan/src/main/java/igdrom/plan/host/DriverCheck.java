package igdrom.plan.host;

import igdrom.formats.pci.PciId;
import igdrom.host.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which driver has the IGD.
final class DriverCheck {
    private static final String VFIO = "vfio-pci";
    private static final String PPT = "ppt";

    private DriverCheck() {}

    static HostCheck of(Host host) {
        Fact<Optional<String>> fact = host.igd().use().driver();
        if (fact.value().isEmpty()) {
            return HostCheck.unknown(CheckName.DRIVER, Host.reason(fact), fact);
        }
        String driver = fact.value().flatMap(o -> o).orElse("");
        if (driver.equals(VFIO) || driver.equals(PPT)) {
            return HostCheck.ok(
                    CheckName.DRIVER,
                    users(host).isEmpty()
                            ? driver + " has it, ready for a guest"
                            : driver + " has it, and a guest is running with it: " + users(host),
                    evidence(host, fact));
        }
        if (host.isFreeBsd()) {
            return HostCheck.warning(
                            CheckName.DRIVER,
                            (driver.isEmpty() ? "no driver" : driver) + " has it, bhyve needs ppt",
                            fact)
                    .with(
                            Fix.Do.of(
                                    "add pptdevs=\"0/2/0\" and vmm_load=\"YES\" to"
                                            + " /boot/loader.conf, then reboot"));
        }
        if (driver.isEmpty()) {
            return HostCheck.ok(
                    CheckName.DRIVER, "none: vfio-pci can take it when the guest starts", fact);
        }
        if (isShared(host)) {
            return HostCheck.ok(
                    CheckName.DRIVER,
                    driver
                            + " has it, as it must while there are virtual functions: a guest gets"
                            + " one of them, or the whole IGD once they are disabled",
                    fact);
        }
        HostCheck check =
                HostCheck.warning(
                        CheckName.DRIVER, driver + " has it" + use(host), evidence(host, fact));
        return host.id().map(id -> check.with(bindAtBoot(host, driver, id))).orElse(check);
    }

    private static Fact<?>[] evidence(Host host, Fact<?> driver) {
        Fact<?> users = host.facts().graphics().users();
        return users.value().isPresent() ? new Fact<?>[] {driver, users} : new Fact<?>[] {driver};
    }

    /// What happens when vfio-pci takes the device while the host runs.
    private static String use(Host host) {
        String programs = users(host);
        if (!programs.isEmpty()) {
            return ", and these programs use it: "
                    + programs
                    + ". End them before vfio-pci takes it; the host's picture goes away then";
        }
        String console =
                host.framebufferConsole().isPresent() && host.otherDisplays().isEmpty()
                        ? " and text console (" + host.framebufferConsole().get().name() + ")"
                        : "";
        // A container shows its own processes only.
        boolean all =
                host.facts().graphics().users().value().isPresent()
                        && !host.facts().machine().container().value().orElse(false);
        return all
                ? ", and no program uses it: the host's picture"
                        + console
                        + (console.isEmpty() ? " goes" : " go")
                        + " away when vfio-pci takes it"
                : ": the host's picture goes away when vfio-pci takes it, and a desktop or console"
                        + " that uses it can prevent that";
    }

    /// The programs that have the device open, each once.
    private static String users(Host host) {
        return host.facts().graphics().users().value().orElse(List.of()).stream()
                .map(user -> user.program() + " (process " + user.process() + ")")
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /// Whether the driver has virtual functions to serve.
    private static boolean isShared(Host host) {
        return host.igd().use().virtualFunctions().value().map(v -> v.enabled() > 0).orElse(false);
    }

    private static Fix bindAtBoot(Host host, String driver, PciId id) {
        List<String> commands = new ArrayList<>();
        commands.add("options vfio-pci ids=" + id);
        commands.add("softdep " + driver + " pre: vfio-pci");
        List<String> initramfs = new KernelParameters(host).rebuildInitramfs();
        return new Fix.Do(
                "let vfio-pci take it at boot: write these lines to /etc/modprobe.d/igd.conf"
                        + (initramfs.isEmpty()
                                ? ", make the initial RAM disk again, then reboot"
                                : ", run " + initramfs.getFirst() + ", then reboot"),
                commands);
    }
}
