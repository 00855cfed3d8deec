package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Platform;
import igdrom.virtualigd.IgdHost;
import igdrom.virtualigd.IgdModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The ROM of our driver in every kind of machine, so that any two kinds of things meet. A few of
/// them always, all of them with the system property `igdrom.all`.
class MatrixTest {
    private static final int SECONDS = 900;
    private static final long MIB = 1 << 20;
    private static final long BASE = 0x2c00_0000;
    private static final int DEFAULT_ROWS = 5;

    /// One device of each generation and each encoding of the size of stolen memory, and an unknown
    /// device.
    private static final List<Integer> DEVICES =
            List.of(0x46d1, 0x7d55, 0x0102, 0x8a52, 0x1616, 0x0412, 0x22b1, 0x0166, 0x3e92, 0x7fff);

    private enum Region {
        FW_CFG,
        EMBEDDED,
        EMBEDDED_WINS,
        HOSTS,
        PRESET
    }

    private enum Stolen {
        GGC,
        FW_CFG_SIZE,
        FW_CFG_BASE,
        ROM_BASE,
        PRESET
    }

    private static final List<Region> REGIONS = List.of(Region.values());
    private static final List<Stolen> STOLEN = List.of(Stolen.values());
    private static final List<MachineType> MACHINES = List.of(MachineType.values());

    @TempDir Path directory = Path.of("");

    @TestFactory
    Stream<DynamicTest> our_rom_passes_in_every_machine() throws IOException {
        List<Emulator> emulators = Emulators.withEachFirmware();
        boolean full = Boolean.getBoolean("igdrom.all");
        List<int[]> rows =
                Pairs.rows(
                        DEVICES.size(),
                        REGIONS.size(),
                        STOLEN.size(),
                        MACHINES.size(),
                        Math.min(2, emulators.size()),
                        2,
                        2,
                        2);
        List<DynamicTest> tests = new ArrayList<>();
        for (int[] row : rows.subList(0, full ? rows.size() : DEFAULT_ROWS)) {
            TestMachine machine = machine(row);
            tests.add(
                    DynamicTest.dynamicTest(
                            name(row, machine), () -> passes(machine, emulators.get(row[4]))));
        }
        return tests.stream();
    }

    @Test
    void every_pair_of_choices_occurs() {
        Set<List<Integer>> pairs = new HashSet<>();
        List<int[]> rows = Pairs.rows(10, 5, 5, 2, 2, 2, 2, 2);
        for (int[] row : rows) {
            for (int column = 1; column < row.length; column++) {
                for (int before = 0; before < column; before++) {
                    pairs.add(List.of(before, row[before], column, row[column]));
                }
            }
        }
        // By pairs of columns: 10 x 5 twice, 10 x 2 five times, and so on.
        assertThat(pairs).hasSize(2 * 50 + 5 * 20 + 25 + 10 * 10 + 10 * 4);
        assertThat(rows).hasSizeLessThan(70);
    }

    private void passes(TestMachine machine, Emulator emulator) throws IOException {
        assumeTrue(emulator.firmware().code().toFile().exists(), "no such firmware");
        Outcome outcome = Bench.run(machine, emulator, SECONDS, Scratch.createIn(directory));
        assertThat(BenchTest.failed(outcome))
                .as(String.join("\n", outcome.driverLines()))
                .isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    private static String name(int[] row, TestMachine machine) {
        return "%s, OpRegion %s, stolen %s, %s, firmware %d%s%s%s"
                .formatted(
                        machine.gpus().getFirst().id(),
                        REGIONS.get(row[1]),
                        STOLEN.get(row[2]),
                        machine.type().qemuName(),
                        row[4],
                        row[5] == 1 ? ", reboot" : "",
                        row[6] == 1 ? ", two devices" : "",
                        row[7] == 1 ? ", class 0380" : "");
    }

    private static TestMachine machine(int[] row) {
        PciId id = PciId.intel(DEVICES.get(row[0]));
        Region region = REGIONS.get(row[1]);
        Stolen stolen = STOLEN.get(row[2]);
        Platform platform =
                Knowledge.platformOf(id).orElseGet(() -> Knowledge.platform("RPL-P").orElseThrow());
        boolean hasStolen = platform.stolenInGuest() && platform.stolenBase() != null;
        Image embedded =
                switch (region) {
                    case EMBEDDED, EMBEDDED_WINS -> Roms.opRegion("EMBEDDED");
                    case FW_CFG, HOSTS, PRESET -> Image.EMPTY;
                };
        RomContents rom =
                Roms.of(
                        id,
                        Roms.embedding(
                                embedded,
                                region == Region.EMBEDDED_WINS,
                                stolen == Stolen.ROM_BASE ? BASE : 0));
        IgdModel model = IgdModel.of(id, platform).withHost(IgdHost.TYPICAL.withStolenBase(BASE));
        // An unknown device is not changed at all.
        if (region == Region.PRESET && Knowledge.knows(id)) {
            model = model.withPresets(0x1000_0000, 0);
        }
        // An unknown device has no register to preset.
        if (stolen == Stolen.PRESET && hasStolen && Knowledge.knows(id)) {
            model = model.withPresets(model.asls(), 0x1200_0000);
        }
        if (row[7] == 1) {
            model = model.withClass(IgdModel.DISPLAY);
        }
        Image offered =
                switch (region) {
                    case FW_CFG, EMBEDDED_WINS -> Roms.opRegion("OFFERED");
                    case HOSTS -> Roms.hostOpRegion("HOST");
                    // Without BDSM only this file shows that the hypervisor emulates ASLS.
                    case EMBEDDED ->
                            platform.stolenBase() == null ? Roms.opRegion("EMBEDDED") : Image.EMPTY;
                    // Only the first device has a preset OpRegion.
                    case PRESET -> row[6] == 1 ? Roms.opRegion("OFFERED") : Image.EMPTY;
                };
        TestMachine.Builder machine =
                TestMachine.builder(rom, model, MACHINES.get(row[3]))
                        .memory(1024)
                        .files(
                                offered,
                                stolen == Stolen.FW_CFG_SIZE ? 96 * MIB : 0,
                                stolen == Stolen.FW_CFG_BASE ? BASE : 0);
        if (region == Region.PRESET) {
            machine.preset(Roms.opRegion("PRESET"));
        }
        if (row[6] == 1) {
            // The second device has no presets. Both use the same ROM and files, and only the first
            // can have the requested address.
            machine.gpus(model, model.withPresets(0, 0));
        }
        return row[5] == 1 ? machine.reboot().build() : machine.build();
    }
}
