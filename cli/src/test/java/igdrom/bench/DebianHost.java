package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Makes the disk of a Debian host on which igdrom is installed: the package that the system
/// property `igdrom.package` names, else this tree. The property `igdrom.debian` names a directory
/// in which Debian itself is kept for the next time.
final class DebianHost {
    private static final String PACKAGE = "igdrom.package";
    private static final String KEPT = "igdrom.debian";
    private static final String INSTALLED = "usr/lib/igdrom";
    private static final int CANNOT = 4;

    private DebianHost() {}

    /// What is installed on it, for the report of the test.
    static String origin() {
        String file = System.getProperty(PACKAGE, "");
        return file.isEmpty() ? "this tree" : file;
    }

    /// Aborts the test where the disk cannot be made.
    static HostDisk make(Path work) throws IOException, InterruptedException {
        assumeTrue("root".equals(System.getProperty("user.name")), "not root");
        Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        Path root = Objects.requireNonNull(module.getParent());
        Path disk = work.resolve("disk.img");
        String file = System.getProperty(PACKAGE, "");
        String kept = System.getProperty(KEPT, "");
        List<String> command =
                new ArrayList<>(List.of(root.resolve("packaging/debian-host").toString()));
        if (!kept.isEmpty()) {
            command.addAll(List.of("-t", kept));
        }
        command.add(disk.toString());
        command.add(file.isEmpty() ? tree(work).toString() : file);
        Path log = work.resolve("debian-host.log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        int code = process.waitFor();
        String said = Files.readString(log, StandardCharsets.ISO_8859_1);
        assumeTrue(code != CANNOT, said);
        assertThat(code).as(said).isZero();
        return new HostDisk(disk);
    }

    /// The files of igdrom out of the tree that is tested, with a Java runtime.
    private static Path tree(Path work) throws IOException {
        Path files = work.resolve("files");
        Path installed = Files.createDirectories(files.resolve(INSTALLED));
        OwnerMachine.runtime(installed.resolve("runtime"));
        List<String> classPath = new ArrayList<>();
        for (Path entry : OwnerMachine.classPath()) {
            String name = Integer.toString(classPath.size());
            copy(entry, installed.resolve(name));
            classPath.add("/" + INSTALLED + "/" + name);
        }
        Path command = Files.createDirectories(files.resolve("usr/bin")).resolve("igdrom");
        Files.writeString(
                command,
                """
                #!/bin/sh
                exec /%s/runtime/bin/java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m \\
                    -XX:-UsePerfData --enable-native-access=ALL-UNNAMED -cp %s igdrom.cli.Main "$@"
                """
                        .formatted(INSTALLED, String.join(":", classPath)));
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
        return files;
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> paths;
        try (Stream<Path> all = Files.walk(from)) {
            paths = all.sorted().toList();
        }
        for (Path path : paths) {
            Files.copy(path, to.resolve(from.relativize(path).toString()));
        }
    }
}
