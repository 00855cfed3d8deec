package igdrom.bench.setup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A QEMU that can be started.
///
/// @param version as printed by QEMU; empty while not known
/// @param command the beginning of its command line: the program, or a loader with its options
/// @param environment variables to set
/// @param tree a directory with everything that it needs to run anywhere; null for an installed one
/// @param origin where it comes from, for messages
public record Qemu(
        String version,
        List<String> command,
        Map<String, String> environment,
        @Nullable Path tree,
        String origin) {
    public Qemu {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /// A process builder for QEMU with these arguments.
    public ProcessBuilder start(List<String> arguments) {
        List<String> words = new ArrayList<>(command);
        words.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().putAll(environment);
        // A preloaded library of the host does not match the C library of a fetched QEMU.
        builder.environment().remove("LD_PRELOAD");
        return builder;
    }

    /// Whether its guests run with KVM here. Asks it, which takes a moment.
    public boolean runsKvm() {
        return QemuProbe.runsKvm(this);
    }

    /// A QEMU from Debian's packages below a directory, run with the loader and libraries there.
    public static Qemu in(Path directory, String version, String origin) {
        Path libraries = directory.resolve("usr/lib/x86_64-linux-gnu");
        return new Qemu(
                version,
                List.of(
                        libraries.resolve("ld-linux-x86-64.so.2").toString(),
                        "--library-path",
                        libraries.toString(),
                        directory.resolve("usr/bin/qemu-system-x86_64").toString(),
                        "-L",
                        directory.resolve("usr/share/qemu").toString(),
                        "-L",
                        directory.resolve("usr/share/seabios").toString()),
                Map.of("QEMU_MODULE_DIR", libraries.resolve("qemu").toString()),
                directory,
                origin);
    }

    /// An installed QEMU.
    static Qemu installed(Path program) {
        return new Qemu("", List.of(program.toString()), Map.of(), null, program.toString());
    }

    Qemu withVersion(String found) {
        return new Qemu(found, command, environment, tree, origin);
    }
}
