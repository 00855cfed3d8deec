package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bench.HostStacks.Board;
import igdrom.bench.judge.Verdict.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How much memory a whole host takes: this program, in a process of its own with the options of
/// the launcher, and the QEMU that it starts. The guest of the guest is in the memory of that QEMU.
class HostStackMemoryTest {
    private static final long MAX_KIB = 2560 << 10;
    private static final int SAMPLE_MILLIS = 500;

    @TempDir Path directory = Path.of("");

    @Test
    void run_with_a_gop_takes_at_most_two_and_a_half_gib() throws Exception {
        HostStacks.onlyWithAll();
        Process run = start();
        long program = 0;
        long qemu = 0;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(HostStacks.SECONDS);
        try {
            while (!run.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS) && System.nanoTime() < end) {
                program = Math.max(program, HostStacks.peak(run.toHandle()));
                try (Stream<ProcessHandle> children = run.children()) {
                    qemu = Math.max(qemu, children.mapToLong(HostStacks::peak).max().orElse(0));
                }
            }
            assertThat(run.isAlive()).isFalse();
        } finally {
            run.descendants().forEach(ProcessHandle::destroyForcibly);
            run.destroyForcibly();
        }
        assertThat(run.exitValue()).isZero();
        assertThat(qemu).isPositive();
        assertThat(program + qemu)
                .as("igdrom %d KiB, QEMU %d KiB", program, qemu)
                .isBetween(1L, MAX_KIB);
    }

    private Process start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process =
                new ProcessBuilder(
                                List.of(
                                        java,
                                        "-XX:+UseSerialGC",
                                        "-XX:TieredStopAtLevel=1",
                                        "--enable-native-access=ALL-UNNAMED",
                                        "-Djava.io.tmpdir=" + directory,
                                        "-Digdrom.tools=" + System.getProperty("igdrom.tools", ""),
                                        "-Digdrom.corpus="
                                                + System.getProperty("igdrom.corpus", ""),
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        HostStackMemoryTest.class.getName()))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                        .start();
        process.getOutputStream().close();
        return process;
    }

    /// The other process: exit code 0 when the guest has passed.
    public static void main(String... arguments) throws Exception {
        Outcome outcome =
                Bench.runHostStack(
                        Board.COFFEE_LAKE.drawing(MachineType.Q35),
                        Emulators.any(),
                        HostStacks.fastest(),
                        HostStacks.SECONDS,
                        /* kept= */ null,
                        _ -> {});
        System.exit(outcome.verdict().kind() == Kind.PASS ? 0 : 1);
    }
}
