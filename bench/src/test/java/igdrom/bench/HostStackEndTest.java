package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bench.HostStacks.Board;
import igdrom.bench.judge.Verdict.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run of a whole host that is ended by force leaves nothing, and gives no verdict.
class HostStackEndTest {
    private static final int SECONDS = 600;

    @TempDir Path directory = Path.of("");

    @Test
    void interrupt_ends_the_host_and_removes_its_files() throws Exception {
        HostStacks.onlyWithAll();
        end("-INT");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void kill_ends_the_host_and_the_next_run_removes_its_files() throws Exception {
        HostStacks.onlyWithAll();
        end("-KILL");
        assertThat(directory).isNotEmptyDirectory();
        StaleRuns.sweep(directory, "igdrom-test-");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void time_limit_that_runs_out_early_is_no_verdict_on_the_rom() throws Exception {
        HostStacks.onlyWithAll();
        StringBuilder stages = new StringBuilder();
        Outcome outcome =
                Bench.runHostStack(
                        Board.COFFEE_LAKE.dark(MachineType.Q35),
                        Emulators.any(),
                        HostStacks.tcg(),
                        /* seconds= */ 5,
                        /* kept= */ null,
                        stage -> stages.append(stage).append('\n'));
        assertThat(outcome.verdict().kind()).isEqualTo(Kind.UNDECIDED);
        assertThat(stages.toString()).contains("the host's kernel starts (minute 1 of 1 at most)");
    }

    /// Starts a run in another process, waits until the host's kernel says something, and sends a
    /// signal to it.
    private void end(String signal) throws Exception {
        Process run = start();
        try (BufferedReader output = run.inputReader()) {
            assertThat(output.readLine()).isEqualTo("running");
            ProcessHandle qemu = run.toHandle().children().findFirst().orElseThrow();
            assertThat(
                            new ProcessBuilder("kill", signal, Long.toString(run.pid()))
                                    .start()
                                    .waitFor())
                    .isZero();
            assertThat(run.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(qemu.onExit().get(SECONDS, TimeUnit.SECONDS).isAlive()).isFalse();
        } finally {
            run.descendants().forEach(ProcessHandle::destroyForcibly);
            run.destroyForcibly();
        }
    }

    private Process start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        List.of(
                                java,
                                "--enable-native-access=ALL-UNNAMED",
                                "-Djava.io.tmpdir=" + directory,
                                "-Digdrom.tools=" + System.getProperty("igdrom.tools", ""),
                                "-cp",
                                System.getProperty("java.class.path"),
                                HostStackEndTest.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /// The other process: a run until the signal.
    public static void main(String... arguments) throws Exception {
        Bench.runHostStack(
                Board.COFFEE_LAKE.dark(MachineType.Q35),
                Emulators.any(),
                HostStacks.tcg(),
                SECONDS,
                /* kept= */ null,
                stage -> {
                    if (!stage.startsWith("the host's kernel starts")) {
                        System.out.println("running");
                    }
                });
    }
}
