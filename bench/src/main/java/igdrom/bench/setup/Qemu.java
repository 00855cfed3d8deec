package igdrom.bench.setup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A QEMU that can be started.
///
/// @param version as it says itself
/// @param command the start of its command line: the program, and what makes it run where it is
/// @param environment variables to set
/// @param origin for people: where it comes from
public record Qemu(
        String version, List<String> command, Map<String, String> environment, String origin) {
    public Qemu {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /// Its command line with more arguments, ready to be configured further and started.
    public ProcessBuilder start(List<String> arguments) {
        List<String> all = new ArrayList<>(command);
        all.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(all);
        builder.environment().putAll(environment);
        // It would be loaded into a program of another C library.
        builder.environment().remove("LD_PRELOAD");
        return builder;
    }

    /// One unpacked from Debian's packages in a folder, or in a folder that has Debian in it.
    static Qemu in(Path folder, String version, String origin) {
        Path libraries = folder.resolve("usr/lib/x86_64-linux-gnu");
        return new Qemu(
                version,
                List.of(
                        libraries.resolve("ld-linux-x86-64.so.2").toString(),
                        "--library-path",
                        libraries.toString(),
                        folder.resolve("usr/bin/qemu-system-x86_64").toString(),
                        "-L",
                        folder.resolve("usr/share/qemu").toString(),
                        "-L",
                        folder.resolve("usr/share/seabios").toString()),
                Map.of("QEMU_MODULE_DIR", libraries.resolve("qemu").toString()),
                origin);
    }

    /// One that is installed.
    static Qemu installed(Path program) {
        return new Qemu("", List.of(program.toString()), Map.of(), program.toString());
    }

    Qemu ofVersion(String found) {
        return new Qemu(found, command, environment, origin);
    }
}
