package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bench.HostStacks.Board;
import igdrom.bench.judge.Verdict.Check;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.samples.SampleOpRegion;
import igdrom.virtualigd.IgdModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What a real kernel and a real igd.c make of a configuration. The system property `igdrom.cell`
/// selects those whose description contains it.
///
/// Each of them is a row of a table in docs/emulation.md, which says that it was seen.
class HostStackConfigurationsTest {
    private static final Path PAGE =
            Path.of(System.getProperty("basedir", "."), "..", "docs", "emulation.md");

    @TempDir Path directory = Path.of("");

    /// The device on the host.
    private enum Host {
        /// A VGA controller with an OpRegion that has the VBT.
        USUAL("VGA device"),
        /// The VBT is after the OpRegion, whose RVDA is its offset.
        VBT_OUTSIDE("VGA device, OpRegion 2.1 with its VBT outside"),
        DISPLAY("class 0380"),
        /// ASLS leads to memory without a signature.
        NOT_AN_OPREGION("VGA device, ASLS leads to no OpRegion");

        private final String words;

        Host(String words) {
            this.words = words;
        }
    }

    /// One configuration.
    ///
    /// @param options of vfio-pci in the host's QEMU, separated by commas
    /// @param failed the checks that fail
    /// @param said what a user sees of kernel and QEMU, a part of a line; empty for nothing
    private record Cell(
            MachineType machine, Host host, String options, List<String> failed, String said) {
        /// The beginning of its row in the documentation.
        String row() {
            return "| 11.1 | %s | %s | `%s` | %s |"
                    .formatted(
                            machine.qemuName(),
                            host.words,
                            options,
                            failed.isEmpty() ? "passes" : "fails");
        }
    }

    private static final List<Cell> CELLS =
            List.of(
                    cell(MachineType.Q35, Host.USUAL, "x-igd-opregion=on"),
                    cell(MachineType.Q35, Host.USUAL, "x-igd-opregion=on,x-igd-gms=4"),
                    cell(MachineType.Q35, Host.VBT_OUTSIDE, "x-igd-opregion=on"),
                    cell(
                            MachineType.Q35,
                            Host.USUAL,
                            "x-igd-opregion=on,x-igd-lpc=on",
                            List.of("host.bridge", "boot"),
                            "Cannot create LPC bridge due to existing device at 1f.0"),
                    cell(
                            MachineType.Q35,
                            Host.DISPLAY,
                            "x-igd-opregion=on",
                            List.of("host.opregion", "host.stolen", "policy"),
                            ""),
                    cell(
                            MachineType.Q35,
                            Host.NOT_AN_OPREGION,
                            "x-igd-opregion=on",
                            List.of("host.opregion", "boot"),
                            "error getting device from group 1: Invalid argument"),
                    cell(
                            MachineType.PC,
                            Host.USUAL,
                            "x-igd-legacy-mode=off,x-igd-opregion=on,x-igd-lpc=on"),
                    cell(MachineType.PC, Host.USUAL, "x-igd-legacy-mode=on,x-igd-opregion=on"));

    private static Cell cell(MachineType machine, Host host, String options) {
        return new Cell(machine, host, options, List.of(), "");
    }

    private static Cell cell(
            MachineType machine, Host host, String options, List<String> failed, String said) {
        return new Cell(machine, host, options, failed, said);
    }

    @Test
    void every_configuration_is_in_the_documentation() throws IOException {
        List<String> page = Files.readAllLines(PAGE);
        for (Cell cell : CELLS) {
            assertThat(page).as(cell.row()).anyMatch(line -> line.startsWith(cell.row()));
        }
    }

    @TestFactory
    Stream<DynamicTest> configurations_do_what_the_documentation_says() {
        HostStacks.onlyWithAll();
        String selected = System.getProperty("igdrom.cell", "");
        List<DynamicTest> tests = new ArrayList<>();
        for (Cell cell : CELLS) {
            if (cell.row().contains(selected)) {
                tests.add(DynamicTest.dynamicTest(cell.row(), () -> check(cell)));
            }
        }
        return tests.stream();
    }

    private void check(Cell cell) throws IOException {
        HostStack stack = HostStacks.fastest().withOptions(List.of(cell.options().split(",", -1)));
        Path kept = Files.createTempDirectory(directory, "cell").resolve("run");
        Outcome outcome = HostStacks.run(machine(cell), stack, kept);
        List<String> failed =
                outcome.verdict().checks().stream()
                        .filter(one -> !one.ok())
                        .map(Check::id)
                        .toList();
        String seen = outcome.verdict().checks() + "\n" + String.join("\n", outcome.qemuLines());
        if (cell.failed().isEmpty()) {
            assertThat(failed).as(seen).isEmpty();
        } else {
            assertThat(failed).as(seen).containsAll(cell.failed());
        }
        assertThat(outcome.qemuLines()).as(seen).anyMatch(line -> line.contains(cell.said()));
    }

    private static TestMachine machine(Cell cell) throws IOException {
        Board board = Board.COFFEE_LAKE;
        TestMachine machine = board.dark(cell.machine());
        long size = cell.options().contains("x-igd-gms=4") ? 128 << 20 : 64 << 20;
        Image region =
                switch (cell.host()) {
                    case USUAL, DISPLAY -> machine.opRegion();
                    case NOT_AN_OPREGION -> Image.of(new byte[0x2000]);
                    case VBT_OUTSIDE -> outside(SampleOpRegion.vbt("OUTSIDE"));
                };
        TestMachine.Builder builder = machine.toBuilder().files(region, size, 0);
        if (cell.host() == Host.DISPLAY) {
            builder.gpus(machine.gpus().getFirst().withClass(IgdModel.DISPLAY));
        }
        return builder.build();
    }

    /// An OpRegion 2.1 whose VBT is after it.
    private static Image outside(Image vbt) {
        return new Emitter()
                .image(Roms.opRegionWithoutVbt())
                .patch(0x16, Image.ofHex("0102"))
                .patch(0x3ba, new Emitter().u64(0x2000).u32(vbt.size()).toImage())
                .image(vbt)
                .toImage();
    }
}
