package igdrom.bench;

import igdrom.bench.setup.Ovmf;
import igdrom.bench.setup.Qemu;
import igdrom.fetch.DebVersion;
import java.util.ArrayList;
import java.util.List;

/// A QEMU that can do it, and the firmware for it.
public record Emulator(Qemu qemu, Ovmf firmware) {
    private static final String FIRST_THAT_EXITS = "10.2";

    /// QEMU with these arguments, ready to be started.
    ProcessBuilder start(List<String> arguments) {
        List<String> all = new ArrayList<>();
        if (exitsWithParent()) {
            all.addAll(List.of("-run-with", "exit-with-parent=on"));
        }
        all.addAll(arguments);
        return qemu.start(all);
    }

    /// Source: QEMU, system/exit-with-parent.c, which v10.2.0 is the first release to have.
    private boolean exitsWithParent() {
        return new DebVersion(qemu.version()).compareTo(new DebVersion(FIRST_THAT_EXITS)) >= 0;
    }
}
