package igdrom.bench;

import igdrom.bench.setup.Ovmf;
import igdrom.bench.setup.Qemu;
import igdrom.fetch.DebVersion;
import java.util.ArrayList;
import java.util.List;

/// A QEMU that can host the virtual IGD, and its firmware.
public record Emulator(Qemu qemu, Ovmf firmware) {
    private static final String MIN_VERSION_EXIT_WITH_PARENT = "10.2";

    /// A process builder for QEMU with these arguments. QEMU ends with this JVM where it can.
    ProcessBuilder start(List<String> arguments) {
        List<String> words = new ArrayList<>();
        if (exitsWithParent()) {
            words.addAll(List.of("-run-with", "exit-with-parent=on"));
        }
        words.addAll(arguments);
        return qemu.start(words);
    }

    /// Source: QEMU, system/exit-with-parent.c, new in v10.2.0.
    private boolean exitsWithParent() {
        return new DebVersion(qemu.version())
                        .compareTo(new DebVersion(MIN_VERSION_EXIT_WITH_PARENT))
                >= 0;
    }
}
