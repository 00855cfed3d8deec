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
    @TempDir Path folder = Path.of("");

    /// A run in a process of its own, which says where and waits.
    static final class Victim {
        private Victim() {}

        public static void main(String[] arguments) throws Exception {
            Scratch scratch = Scratch.createIn(Path.of(arguments[0]));
            long qemu = 0;
            if (arguments.length > 1) {
                Emulator emulator = Emulators.any();
                List<String> options =
                        List.of("-machine", "none", "-nodefaults", "-S", "-qmp", "stdio");
                // It has read its options when it greets.
                if (QemuProcess.start(emulator, options, scratch).output().read() < 0) {
                    throw new IllegalStateException("QEMU does not start");
                }
                qemu = ProcessHandle.current().children().findFirst().orElseThrow().pid();
            }
            System.out.println(scratch.folder());
            System.out.println(qemu);
            new CountDownLatch(1).await();
        }
    }

    @Test
    void folder_of_a_killed_run_is_removed_by_the_next_and_that_of_a_living_one_is_not()
            throws Exception {
        Process process = start();
        try (BufferedReader said = process.inputReader()) {
            Path left = Path.of(said.readLine());
            said.readLine();
            Path deep = Files.createDirectories(left.resolve("a/b"));
            Files.createSymbolicLink(deep.resolve("link"), folder);
            try (Scratch other = Scratch.createIn(folder)) {
                assertThat(other.folder()).isNotEqualTo(left);
                assertThat(left).isNotEmptyDirectory();
            }
            process.destroyForcibly().waitFor();
            assertThat(left).isNotEmptyDirectory();
            try (Scratch one = Scratch.createIn(folder);
                    Scratch two = Scratch.createIn(folder)) {
                assertThat(left).doesNotExist();
                assertThat(one.folder()).exists();
                assertThat(two.folder()).exists();
            }
            assertThat(folder).isEmptyDirectory();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void what_may_be_somebody_elses_is_left_alone() throws IOException {
        Path precious = Files.createDirectory(folder.resolve("precious"));
        Files.createFile(precious.resolve("lock"));
        Files.createSymbolicLink(folder.resolve("igdrom-test-link"), precious);
        privately("igdrom-test-without-lock");
        Path linked = privately("igdrom-test-linked-lock");
        Files.createSymbolicLink(linked.resolve("lock"), precious.resolve("lock"));
        Path open = Files.createDirectory(folder.resolve("igdrom-test-open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createFile(open.resolve("lock"));
        Path other = privately("other");
        Files.createFile(other.resolve("lock"));
        Path left = privately("igdrom-test-left");
        Files.createFile(left.resolve("lock"));
        Files.createSymbolicLink(left.resolve("precious"), precious);
        StaleRuns.sweep(folder, "igdrom-test-");
        try (var all = Files.list(folder)) {
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
    void folder_that_is_not_there_is_none_to_sweep() {
        StaleRuns.sweep(folder.resolve("nothing"), "igdrom-test-");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void qemu_ends_when_the_process_that_started_it_is_killed() throws Exception {
        Qemu qemu = Emulators.any().qemu();
        assumeTrue(
                new DebVersion(qemu.version()).compareTo(new DebVersion("10.2")) >= 0,
                "QEMU 10.2 or newer");
        Process process = start("qemu");
        try (BufferedReader said = process.inputReader()) {
            said.readLine();
            ProcessHandle guest = ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
            assertThat(guest.isAlive()).isTrue();
            process.destroyForcibly().waitFor();
            try {
                assertThat(guest.onExit().get(30, TimeUnit.SECONDS).isAlive()).isFalse();
            } finally {
                guest.destroyForcibly();
            }
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void qemu_is_told_to_end_with_its_parent_from_the_version_on_that_knows_how() {
        assertThat(told("10.1.3")).doesNotContain("exit-with-parent=on");
        assertThat(told("10.2.0")).contains("-run-with", "exit-with-parent=on");
        assertThat(told("11.0.50")).contains("-run-with", "exit-with-parent=on");
    }

    private static List<String> told(String version) {
        Path none = Path.of("/none");
        Qemu qemu = new Qemu(version, List.of("qemu"), Map.of(), "none");
        return new Emulator(qemu, new Ovmf(none, none, "none")).start(List.of()).command();
    }

    private Path privately(String name) throws IOException {
        return Files.createDirectory(
                folder.resolve(name),
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
                        folder.toString());
        builder.command().addAll(List.of(more));
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
