package igdrom.bench.linux;

import java.util.List;
import java.util.Optional;

/// What a host with a kernel and QEMU has reported on its console.
///
/// @param lines all of them
public record HostConsole(List<String> lines) {
    /// The fact that says that QEMU starts.
    private static final String QEMU_STARTS = HostInitramfs.FACT + "qemu starts";

    public HostConsole {
        lines = List.copyOf(lines);
    }

    /// The value of a fact; empty when it was not reported, or has none.
    Optional<String> fact(String name) {
        String prefix = HostInitramfs.FACT + name + " ";
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /// The first line of QEMU with this text.
    Optional<String> qemu(String text) {
        return qemu().stream().filter(line -> line.contains(text)).findFirst();
    }

    /// Whether the host has started QEMU.
    public boolean qemuStarted() {
        return lines.contains(QEMU_STARTS);
    }

    /// The last lines that say what went wrong: of QEMU once it runs, else of the kernel.
    public String lastWords() {
        List<String> qemu = qemu();
        if (!qemu.isEmpty()) {
            return "QEMU: " + qemu.getLast();
        }
        return lines.isEmpty() ? "" : lines.getLast();
    }

    private List<String> qemu() {
        return lines.stream()
                .filter(line -> line.startsWith(HostInitramfs.QEMU))
                .map(line -> line.substring(HostInitramfs.QEMU.length()))
                .toList();
    }
}
