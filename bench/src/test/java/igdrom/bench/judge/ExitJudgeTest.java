package igdrom.bench.judge;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bench.judge.Observations.Look;
import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.witness.MemoryMap;
import igdrom.bench.witness.Witness;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExitJudgeTest {
    private final Guest guest = new Guest();

    @Test
    void guest_that_does_not_report_after_the_exit_fails() {
        guest.exits = false;
        fails("exit", "QEMU ended with code 1: no such machine");
        assertThat(guest.verdict().notProved())
                .contains("anything after ExitBootServices: the guest did not get there");
    }

    @Test
    void exit_that_fails_is_reported() {
        guest.atExit =
                first ->
                        look(
                                first.witness().withExit(0x8000_0000_0000_0002L),
                                first.gpus().getFirst());
        fails("exit", "ExitBootServices returns status 0x8000000000000002");
    }

    @Test
    void asls_that_changes_fails() {
        guest.atExit = first -> look(exited(first), gpu(first, 0, Guest.BDSM));
        fails("exit.opregion", "ASLS is 0x0, it was 0x1f7e6000");
    }

    @Test
    void opregion_whose_bytes_change_fails() {
        guest.atExit =
                first -> {
                    Observations.Gpu gpu = first.gpus().getFirst();
                    Image changed =
                            new Emitter()
                                    .image(gpu.opRegion().orElseThrow())
                                    .patch(0x300, Image.ofHex("01"))
                                    .toImage();
                    return look(exited(first), withOpRegion(gpu, changed));
                };
        fails("exit.opregion", "its bytes have changed");
    }

    @Test
    void memory_that_is_free_after_the_exit_fails() {
        guest.atExit =
                first -> {
                    MemoryMap free =
                            new MemoryMap(
                                    List.of(
                                            new MemoryMap.Range(
                                                    MemoryMap.CONVENTIONAL, 0, 1 << 20, 0)));
                    return look(withMemory(first.witness(), free), first.gpus().getFirst());
                };
        assertThat(failed())
                .containsExactly(
                        new Check("exit.opregion", false, "its memory is conventional"),
                        new Check("exit.stolen", false, "it is conventional"));
    }

    @Test
    void bdsm_that_changes_fails() {
        guest.atExit = first -> look(exited(first), gpu(first, Guest.ASLS, 0));
        fails("exit.stolen", "BDSM is 0x0, it was 0x17b00000");
    }

    @Test
    void report_that_is_gone_fails() {
        guest.atExit =
                first -> {
                    Witness seen = first.witness();
                    Witness without =
                            new Witness(
                                    seen.firmware(),
                                    seen.memory(),
                                    seen.functions(),
                                    List.of(),
                                    List.of(),
                                    List.of(),
                                    new Witness.Variable(0x8000_0000_0000_000eL, 0, Image.EMPTY),
                                    List.of(),
                                    0,
                                    0);
                    return look(without.withExit(0), first.gpus().getFirst());
                };
        fails("exit.report", "the variable IgdromReport is missing");
    }

    private void fails(String id, String evidence) {
        assertThat(failed()).containsExactly(new Check(id, false, evidence));
    }

    private List<Check> failed() {
        return guest.verdict().checks().stream().filter(check -> !check.ok()).toList();
    }

    private static Witness exited(Look first) {
        return first.witness().withExit(0);
    }

    private static Look look(Witness witness, Observations.Gpu gpu) {
        return new Look(witness, List.of(gpu), Optional.empty(), null);
    }

    private static Witness withMemory(Witness seen, MemoryMap memory) {
        return new Witness(
                        seen.firmware(),
                        memory,
                        seen.functions(),
                        List.of(),
                        List.of(),
                        List.of(),
                        seen.variable(),
                        List.of(),
                        0,
                        0)
                .withExit(0);
    }

    private static Observations.Gpu gpu(Look first, long asls, long bdsm) {
        Observations.Gpu gpu = first.gpus().getFirst();
        return new Observations.Gpu(
                asls,
                bdsm,
                gpu.opRegion(),
                gpu.stolen(),
                gpu.notMemory(),
                gpu.writes(),
                gpu.display());
    }

    private static Observations.Gpu withOpRegion(Observations.Gpu gpu, Image bytes) {
        return new Observations.Gpu(
                gpu.asls(),
                gpu.bdsm(),
                Optional.of(bytes),
                gpu.stolen(),
                gpu.notMemory(),
                gpu.writes(),
                gpu.display());
    }
}
