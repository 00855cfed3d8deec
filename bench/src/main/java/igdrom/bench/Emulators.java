package igdrom.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where QEMU and OVMF are.
public final class Emulators {
    private Emulators() {}

    /// A folder with a Debian in it that has both.
    public static Optional<Emulator> in(Path root) {
        Path loader = root.resolve("lib64/ld-linux-x86-64.so.2");
        Path libraries = root.resolve("usr/lib/x86_64-linux-gnu");
        Path qemu = root.resolve("usr/bin/qemu-system-x86_64");
        Path firmware = root.resolve("usr/share/OVMF");
        Path code = firmware.resolve("OVMF_CODE_4M.fd");
        Path variables = firmware.resolve("OVMF_VARS_4M.fd");
        if (!Files.exists(loader) || !Files.exists(qemu) || !Files.exists(code)) {
            return Optional.empty();
        }
        return Optional.of(
                new Emulator(
                        List.of(
                                loader.toString(),
                                "--library-path",
                                libraries.toString(),
                                qemu.toString(),
                                "-L",
                                root.resolve("usr/share/qemu").toString(),
                                "-L",
                                root.resolve("usr/share/seabios").toString()),
                        Map.of("QEMU_MODULE_DIR", libraries.resolve("qemu").toString()),
                        code,
                        variables,
                        true));
    }
}
