package igdrom.host.linux;

import igdrom.host.BootLoader;
import igdrom.host.Fact;
import igdrom.host.Machine;
import igdrom.host.OperatingSystem;
import java.util.List;

/// The machine and its system: `/proc/cpuinfo`, os-release, marks of a container.
///
/// Source: os-release(5); systemd, "Container Interface", `/run/systemd/container`.
record MachineFiles(HostRoot root) {
    private static final List<String> OS_RELEASE =
            List.of("/etc/os-release", "/usr/lib/os-release");

    /// Files that container managers leave.
    private static final List<String> CONTAINERS =
            List.of("/run/systemd/container", "/run/.containerenv", "/.dockerenv");

    private static final String XEN = "/proc/xen/capabilities";

    Machine machine(Fact<String> commandLine, Fact<Boolean> uefi) {
        Fact<String> release = osRelease();
        ProcessorFile processor = new ProcessorFile(root);
        return new Machine(
                system(),
                parseOsRelease(release, "ID"),
                parseOsRelease(release, "PRETTY_NAME"),
                bootLoader(commandLine, uefi),
                processor.name(),
                processor.model(),
                processor.addressWidth(),
                isVirtual(processor),
                container());
    }

    private Fact<OperatingSystem> system() {
        return root.exists("/proc/sys/kernel") || root.exists("/sys/bus/pci")
                ? new Fact.Known<>(OperatingSystem.LINUX, "/proc")
                : new Fact.Unknown<>("/proc", HostRoot.MISSING);
    }

    private Fact<String> osRelease() {
        Fact<String> release =
                root.text(OS_RELEASE.getFirst(), HostRoot.MAX_TEXT, MachineFiles::relevant);
        return release.or(
                root.text(OS_RELEASE.getLast(), HostRoot.MAX_TEXT, MachineFiles::relevant));
    }

    /// The lines that are read.
    private static String relevant(String text) {
        StringBuilder kept = new StringBuilder();
        text.lines()
                .filter(line -> line.startsWith("ID=") || line.startsWith("PRETTY_NAME="))
                .forEach(line -> kept.append(line).append('\n'));
        return kept.toString();
    }

    /// The value of `name`, which may be in quotation marks.
    static Fact<String> parseOsRelease(Fact<String> text, String name) {
        if (!(text instanceof Fact.Known<String>(String known, String source))) {
            return text;
        }
        for (String line : known.split("\n", -1)) {
            if (line.startsWith(name + "=")) {
                String value = line.substring(name.length() + 1).strip();
                boolean quoted =
                        value.length() >= 2
                                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                                && value.endsWith(value.substring(0, 1));
                return new Fact.Known<>(
                        quoted ? value.substring(1, value.length() - 1) : value, source);
            }
        }
        return new Fact.Unknown<>(source, "has no " + name);
    }

    private Fact<BootLoader> bootLoader(Fact<String> commandLine, Fact<Boolean> uefi) {
        return new BootLoaderFiles(root).bootLoader(commandLine, uefi);
    }

    /// Processors have no flag `hypervisor`, except in a virtual machine; the first domain of Xen
    /// is one too, but has the devices.
    private Fact<Boolean> isVirtual(ProcessorFile processor) {
        Fact<Boolean> flag = processor.hypervisor();
        boolean firstDomain =
                root.text(XEN).value().map(text -> text.contains("control_d")).orElse(false);
        return firstDomain ? new Fact.Known<>(false, XEN) : flag;
    }

    private Fact<Boolean> container() {
        for (String path : CONTAINERS) {
            if (root.exists(path)) {
                return new Fact.Known<>(true, path);
            }
        }
        return root.exists("/run")
                ? new Fact.Known<>(false, CONTAINERS.getFirst())
                : new Fact.Unknown<>(CONTAINERS.getFirst(), HostRoot.MISSING);
    }
}
