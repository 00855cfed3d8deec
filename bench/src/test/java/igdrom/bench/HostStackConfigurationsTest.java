package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bench.HostStacks.Board;
import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.setup.Qemu;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.driver.RomData;
import igdrom.fetch.Store;
import igdrom.fetch.testing.StableQemu;
import igdrom.formats.opregion.OpRegion;
import igdrom.formats.opregion.OpRegionHeader;
import igdrom.formats.pci.PciId;
import igdrom.samples.SampleOpRegion;
import igdrom.virtualigd.IgdModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What a real kernel and a real igd.c make of a configuration. The system property `igdrom.cell`
/// selects those whose description contains it.
///
/// Each of them is a row of a table in docs/emulation.md, which says that it was seen. Those with
/// QEMU 10.0 are skipped where it is neither there nor can be fetched.
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
        /// The same, and RVDA is an address.
        VBT_AT_ADDRESS("VGA device, OpRegion 2.0 with its VBT outside"),
        DISPLAY("class 0380"),
        /// ASLS is 0.
        NO_OPREGION("VGA device, ASLS is 0"),
        /// ASLS leads to memory without a signature.
        NOT_AN_OPREGION("VGA device, ASLS leads to no OpRegion"),
        /// It has no BDSM.
        METEOR_LAKE("VGA device, Meteor Lake (8086:7d55)"),
        /// It has a BDSM, and QEMU does not know its id.
        AMBER_LAKE("VGA device, Amber Lake (8086:87c0)");

        private final String words;

        Host(String words) {
            this.words = words;
        }
    }

    /// QEMU in the host.
    private enum Version {
        STABLE("10.0"),
        NEWEST("11.1");

        private final String number;

        Version(String number) {
            this.number = number;
        }
    }

    /// One configuration.
    ///
    /// @param options of vfio-pci in the host's QEMU, separated by commas
    /// @param failed the checks that fail
    /// @param said what a user sees of kernel and QEMU, a part of a line; empty for nothing
    private record Cell(
            Version qemu,
            MachineType machine,
            Host host,
            String options,
            List<String> failed,
            String said) {
        /// The beginning of its row in the documentation.
        String row() {
            return "| %s | %s | %s | `%s` | %s |"
                    .formatted(
                            qemu.number,
                            machine.qemuName(),
                            host.words,
                            options,
                            failed.isEmpty() ? "passes" : "fails");
        }

        /// The same, which fails at these checks.
        Cell fails(String says, String... checks) {
            return new Cell(qemu, machine, host, options, List.of(checks), says);
        }
    }

    private static final String OPREGION = "x-igd-opregion=on";
    private static final String PC = "x-igd-legacy-mode=off,x-igd-opregion=on,x-igd-lpc=on";

    private static final List<Cell> CELLS =
            List.of(
                    newest(MachineType.Q35, Host.USUAL, OPREGION),
                    newest(MachineType.Q35, Host.USUAL, OPREGION + ",x-igd-gms=4"),
                    newest(MachineType.Q35, Host.USUAL, OPREGION + ",x-igd-gms=0x10"),
                    newest(MachineType.Q35, Host.VBT_OUTSIDE, OPREGION),
                    newest(MachineType.Q35, Host.VBT_AT_ADDRESS, OPREGION),
                    newest(MachineType.Q35, Host.USUAL, OPREGION + ",x-igd-lpc=on")
                            .fails(
                                    "Cannot create LPC bridge due to existing device at 1f.0",
                                    "host.bridge",
                                    "boot"),
                    newest(MachineType.Q35, Host.USUAL, "x-igd-opregion=off")
                            .fails(
                                    "OpRegion detected on Intel display 3e92",
                                    "host.opregion",
                                    "asls",
                                    "policy"),
                    newest(MachineType.Q35, Host.DISPLAY, OPREGION)
                            .fails("", "host.opregion", "host.stolen", "policy"),
                    newest(MachineType.Q35, Host.NO_OPREGION, OPREGION)
                            .fails("", "host.opregion", "host.stolen", "asls"),
                    newest(MachineType.Q35, Host.NOT_AN_OPREGION, OPREGION)
                            .fails(
                                    "error getting device from group 1: Invalid argument",
                                    "host.opregion",
                                    "boot"),
                    newest(MachineType.Q35, Host.METEOR_LAKE, OPREGION),
                    newest(MachineType.Q35, Host.AMBER_LAKE, OPREGION)
                            .fails("", "host.stolen", "policy"),
                    newest(MachineType.PC, Host.USUAL, PC),
                    newest(MachineType.PC, Host.USUAL, PC + ",x-igd-gms=4"),
                    newest(MachineType.PC, Host.USUAL, "x-igd-legacy-mode=on," + OPREGION),
                    stable(MachineType.Q35, Host.USUAL, OPREGION),
                    stable(MachineType.PC, Host.USUAL, PC),
                    stable(MachineType.Q35, Host.NO_OPREGION, OPREGION)
                            .fails(
                                    "Device does not supports IGD OpRegion feature",
                                    "host.opregion",
                                    "boot"));

    private static Cell newest(MachineType machine, Host host, String options) {
        return new Cell(Version.NEWEST, machine, host, options, List.of(), "");
    }

    private static Cell stable(MachineType machine, Host host, String options) {
        return new Cell(Version.STABLE, machine, host, options, List.of(), "");
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
        if (cell.qemu() == Version.STABLE) {
            stack = stack.withQemu(stable());
        }
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
        TestMachine machine =
                switch (cell.host()) {
                    case METEOR_LAKE -> dark(0x7d55, cell.machine());
                    case AMBER_LAKE -> dark(0x87c0, cell.machine());
                    case USUAL,
                            VBT_OUTSIDE,
                            VBT_AT_ADDRESS,
                            DISPLAY,
                            NO_OPREGION,
                            NOT_AN_OPREGION ->
                            Board.COFFEE_LAKE.dark(cell.machine());
                };
        Image vbt = SampleOpRegion.vbt("OUTSIDE");
        Image region =
                switch (cell.host()) {
                    case USUAL, DISPLAY, METEOR_LAKE, AMBER_LAKE -> machine.opRegion();
                    case VBT_OUTSIDE -> outside(vbt, 1, OpRegion.SIZE);
                    case VBT_AT_ADDRESS -> outside(vbt, 0, HostStackCommand.ASLS + OpRegion.SIZE);
                    case NO_OPREGION -> Image.EMPTY;
                    case NOT_AN_OPREGION -> Image.of(new byte[OpRegion.SIZE]);
                };
        TestMachine.Builder builder = machine.toBuilder().opRegion(region);
        if (cell.host() == Host.DISPLAY) {
            builder.gpus(machine.gpus().getFirst().withClass(IgdModel.DISPLAY));
        }
        return builder.build();
    }

    private static TestMachine dark(int device, MachineType type) {
        PciId id = PciId.intel(device);
        IgdModel model = IgdModel.of(id);
        return TestMachine.builder(Roms.of(id, RomData.NONE), model, type)
                .files(
                        Roms.opRegion("OTHER"),
                        model.platform().stolenInGuest() ? model.stolenSize() : 0,
                        0)
                .build();
    }

    private static Qemu stable() throws IOException {
        Optional<Store.Entry> found = StableQemu.findOrFetch();
        assumeTrue(found.isPresent(), "no QEMU 10.0");
        return Qemu.in(found.get().directory(), found.get().version(), "Debian 13");
    }

    /// An OpRegion whose VBT is after it.
    ///
    /// @param minor of its version 2
    private static Image outside(Image vbt, int minor, long rvda) {
        return new Emitter()
                .image(Roms.opRegionWithoutVbt())
                .patch(OpRegionHeader.MINOR_OFFSET, new Emitter().u8(minor).u8(2).toImage())
                .patch(0x3ba, new Emitter().u64(rvda).u32(vbt.size()).toImage())
                .image(vbt)
                .toImage();
    }
}
