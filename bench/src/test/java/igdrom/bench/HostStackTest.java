package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bench.HostStacks.Board;
import igdrom.bench.judge.Verdict.Check;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole host in emulation: a kernel's vfio-pci and QEMU's igd.c hand the virtual GPU over. One
/// guest always, the others with the system property `igdrom.all`.
class HostStackTest {
    @TempDir Path directory = Path.of("");

    @Test
    void gop_draws_behind_the_kernel_and_the_real_igd_c() throws Exception {
        Outcome outcome =
                HostStacks.run(
                        Board.COFFEE_LAKE.drawing(MachineType.Q35),
                        HostStacks.tcg(),
                        directory.resolve("run"));
        assertThat(BenchTest.failed(outcome)).as(outcome.qemuLines().toString()).isEmpty();
        assertThat(outcome.picture().orElseThrow().width()).isEqualTo(800);
        assertThat(evidence(outcome, "host.processor")).contains("TCG");
    }

    @Test
    void gop_draws_on_alder_lake_n_and_q35() throws Exception {
        draws(Board.ALDER_LAKE_N, MachineType.Q35);
    }

    @Test
    void gop_draws_on_coffee_lake_and_pc() throws Exception {
        draws(Board.COFFEE_LAKE, MachineType.PC);
    }

    @Test
    void gop_draws_on_alder_lake_n_and_pc() throws Exception {
        draws(Board.ALDER_LAKE_N, MachineType.PC);
    }

    @Test
    void guest_that_is_reset_is_set_up_again() throws Exception {
        HostStacks.onlyWithAll();
        TestMachine machine = Board.COFFEE_LAKE.dark(MachineType.Q35).toBuilder().reboot().build();
        Outcome outcome = HostStacks.run(machine, HostStacks.fastest(), directory.resolve("run"));
        assertThat(BenchTest.failed(outcome)).as(outcome.qemuLines().toString()).isEmpty();
        assertThat(outcome.seen().looks()).hasSize(2);
    }

    private void draws(Board board, MachineType type) throws Exception {
        HostStacks.onlyWithAll();
        HostStack stack = HostStacks.fastest();
        Outcome outcome = HostStacks.run(board.drawing(type), stack, directory.resolve("run"));
        assertThat(BenchTest.failed(outcome)).as(outcome.qemuLines().toString()).isEmpty();
        assertThat(outcome.picture().orElseThrow().width()).isEqualTo(800);
        assertThat(evidence(outcome, "host.processor"))
                .contains(stack.processor() == HostStack.Processor.SVM ? "SVM" : "TCG");
        assertThat(outcome.verdict().checks())
                .extracting(Check::id)
                .contains(type == MachineType.PC ? "host.bridge" : "host.opregion");
    }

    private static String evidence(Outcome outcome, String id) {
        return outcome.verdict().checks().stream()
                .filter(check -> check.id().equals(id))
                .map(Check::evidence)
                .findFirst()
                .orElse("");
    }
}
