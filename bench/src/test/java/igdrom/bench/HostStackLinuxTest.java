package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bench.HostStacks.Board;
import igdrom.bench.judge.Verdict.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Linux in a guest of a whole host finds what the ROM has set up, and gets the device's interrupt.
class HostStackLinuxTest {
    @TempDir Path directory = Path.of("");

    @Test
    void linux_finds_everything_on_coffee_lake() throws IOException {
        finds(Board.COFFEE_LAKE, MachineType.Q35);
    }

    @Test
    void linux_finds_everything_on_alder_lake_n() throws IOException {
        finds(Board.ALDER_LAKE_N, MachineType.Q35);
    }

    /// Interrupts are not remapped there: virtio-iommu leaves them alone.
    @Test
    void linux_finds_everything_on_alder_lake_n_and_pc() throws IOException {
        finds(Board.ALDER_LAKE_N, MachineType.PC);
    }

    private void finds(Board board, MachineType type) throws IOException {
        HostStacks.onlyWithAll();
        LinuxOutcome outcome =
                LinuxBench.runHostStack(
                        board.dark(type),
                        Emulators.any(),
                        HostStacks.fastest(),
                        HostStacks.SECONDS,
                        directory.resolve("run"),
                        _ -> {});
        List<Check> checks = outcome.verdict().checks();
        assertThat(checks).as(outcome.toString()).allMatch(Check::ok);
        assertThat(checks)
                .extracting(Check::id)
                .filteredOn(id -> !id.equals("host.bridge"))
                .containsExactly(
                        "host.driver",
                        "host.group",
                        "host.opregion",
                        "host.stolen",
                        "host.processor",
                        "host.interrupt",
                        "linux.boot",
                        "linux.reserved",
                        "linux.stolen",
                        "linux.opregion",
                        "linux.vbt",
                        "linux.interrupt",
                        "linux.report");
    }
}
