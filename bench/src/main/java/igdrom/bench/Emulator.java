package igdrom.bench;

import igdrom.bench.setup.Ovmf;
import igdrom.bench.setup.Qemu;
import java.util.ArrayList;
import java.util.List;

/// A QEMU that can do it, and the firmware for it.
public record Emulator(Qemu qemu, Ovmf firmware) {
    private static final int FIRST_THAT_EXITS = 11;

    /// QEMU with these arguments, ready to be started.
    ProcessBuilder start(List<String> arguments) {
        List<String> all = new ArrayList<>();
        if (exitsWithParent()) {
            all.addAll(List.of("-run-with", "exit-with-parent=on"));
        }
        all.addAll(arguments);
        return qemu.start(all);
    }

    /// Observed: 11.1.3 has `-run-with exit-with-parent`, 7.2 has not; in between nobody looked.
    private boolean exitsWithParent() {
        int dot = qemu.version().indexOf('.');
        try {
            return Integer.parseInt(qemu.version(), 0, Math.max(dot, 0), 10) >= FIRST_THAT_EXITS;
        } catch (NumberFormatException _) {
            return false;
        }
    }
}
