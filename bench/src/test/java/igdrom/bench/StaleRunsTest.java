package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bench.setup.Ovmf;
import igdrom.bench.setup.Qemu;
import igdrom.fetch.DebVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaleRunsTest {
    @TempDir Path directory = Path.of("");

    /// A run in a separate process: prints its directory and waits.
    static final class Victim {
        private Victim() {}

        public static void main(String[] arguments) throws Exception {
            Scratch scratch = Scratch.createIn(Path.of(arguments[0]));
            long qemu = 0;
            if (arguments.length > 1) {
                Emulator emulator = Emulators.any();
                List<String> options =
                        List.of("-machine", "none", "-nodefaults", "-S", "-qmp", "stdio");
                // QEMU has read its options once it sends the QMP greeting.
                if (QemuProcess.start(emulator, options, scratch).output().read() < 0) {
                    throw new IllegalStateException("QEMU does not start");
                }
                qemu = ProcessHandle.current().children().findFirst().orElseThrow().pid();
            }
            System.out.println(scratch.directory());
            System.out.println(qemu);
            new CountDownLatch(1).await();
        }
    }

    @Test
    void next_run_removes_the_directory_of_a_killed_run_but_not_of_a_running_one()
            throws Exception {
        Process process = start();
        try (BufferedReader output = process.inputReader()) {
            Path stale = Path.of(output.readLine());
            output.readLine();
            Path deep = Files.createDirectories(stale.resolve("a/b"));
            Files.createSymbolicLink(deep.resolve("link"), directory);
            try (Scratch other = Scratch.createIn(directory)) {
                assertThat(other.directory()).isNotEqualTo(stale);
                assertThat(stale).isNotEmptyDirectory();
            }
            process.destroyForcibly().waitFor();
            assertThat(stale).isNotEmptyDirectory();
            try (Scratch first = Scratch.createIn(directory);
                    Scratch second = Scratch.createIn(directory)) {
                assertThat(stale).doesNotExist();
                assertThat(first.directory()).exists();
                assertThat(second.directory()).exists();
            }
            assertThat(directory).isEmptyDirectory();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void directories_not_created_by_igdrom_are_left_alone() throws IOException {
        Path precious = Files.createDirectory(directory.resolve("precious"));
        Files.createFile(precious.resolve("lock"));
        Files.createSymbolicLink(directory.resolve("igdrom-test-link"), precious);
        privateDirectory("igdrom-test-without-lock");
        Path linked = privateDirectory("igdrom-test-linked-lock");
        Files.createSymbolicLink(linked.resolve("lock"), precious.resolve("lock"));
        Path open = Files.createDirectory(directory.resolve("igdrom-test-open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createFile(open.resolve("lock"));
        Path other = privateDirectory("other");
        Files.createFile(other.resolve("lock"));
        Path stale = privateDirectory("igdrom-test-left");
        Files.createFile(stale.resolve("lock"));
        Files.createSymbolicLink(stale.resolve("precious"), precious);
        StaleRuns.sweep(directory, "igdrom-test-");
        try (var all = Files.list(directory)) {
            assertThat(all.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "precious",
                            "igdrom-test-link",
                            "igdrom-test-without-lock",
                            "igdrom-test-linked-lock",
                            "igdrom-test-open",
                            "other");
        }
        assertThat(precious.resolve("lock")).exists();
    }

    @Test
    void sweeping_a_missing_directory_does_nothing() {
        StaleRuns.sweep(directory.resolve("nothing"), "igdrom-test-");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void qemu_ends_when_the_process_that_started_it_is_killed() throws Exception {
        Qemu qemu = Emulators.any().qemu();
        assumeTrue(
                new DebVersion(qemu.version()).compareTo(new DebVersion("10.2")) >= 0,
                "QEMU 10.2 or newer");
        Process process = start("qemu");
        try (BufferedReader output = process.inputReader()) {
            output.readLine();
            ProcessHandle guest = ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
            assertThat(guest.isAlive()).isTrue();
            process.destroyForcibly().waitFor();
            try {
                assertThat(guest.onExit().get(600, TimeUnit.SECONDS).isAlive()).isFalse();
            } finally {
                guest.destroyForcibly();
            }
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void qemu_gets_the_option_to_exit_with_its_parent_since_10_2() {
        assertThat(arguments("10.1.3")).doesNotContain("exit-with-parent=on");
        assertThat(arguments("10.2.0")).contains("-run-with", "exit-with-parent=on");
        assertThat(arguments("11.0.50")).contains("-run-with", "exit-with-parent=on");
    }

    private static List<String> arguments(String version) {
        Path none = Path.of("/none");
        Qemu qemu = new Qemu(version, List.of("qemu"), Map.of(), null, "none");
        return new Emulator(qemu, new Ovmf(none, none, "none")).start(List.of()).command();
    }

    private Path privateDirectory(String name) throws IOException {
        return Files.createDirectory(
                directory.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private Process start(String... more) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-Digdrom.qemu=" + System.getProperty("igdrom.qemu", ""),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        directory.toString());
        builder.command().addAll(List.of(more));
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
