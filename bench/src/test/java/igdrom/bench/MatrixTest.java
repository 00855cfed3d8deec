package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Platform;
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
    private static final int SECONDS = 120;
    private static final long MIB = 1 << 20;
    private static final long BASE = 0x2c00_0000;
    private static final int ALWAYS = 5;

    /// One device of each generation, of each way to say the size of stolen memory, and one that
    /// nobody knows.
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

    @TempDir Path folder = Path.of("");

    @TestFactory
    Stream<DynamicTest> our_rom_passes_in_every_machine() throws IOException {
        List<Emulator> emulators = Emulators.withEachFirmware();
        boolean all = Boolean.getBoolean("igdrom.all");
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
        for (int[] row : rows.subList(0, all ? rows.size() : ALWAYS)) {
            TestMachine setting = setting(row);
            tests.add(
                    DynamicTest.dynamicTest(
                            name(row, setting), () -> passes(setting, emulators.get(row[4]))));
        }
        return tests.stream();
    }

    @Test
    void any_two_choices_meet() {
        Set<List<Integer>> met = new HashSet<>();
        List<int[]> rows = Pairs.rows(10, 5, 5, 2, 2, 2, 2, 2);
        for (int[] row : rows) {
            for (int column = 1; column < row.length; column++) {
                for (int before = 0; before < column; before++) {
                    met.add(List.of(before, row[before], column, row[column]));
                }
            }
        }
        // Of the pairs of columns: 10 x 5 twice, 10 x 2 five times, and so on.
        assertThat(met).hasSize(2 * 50 + 5 * 20 + 25 + 10 * 10 + 10 * 4);
        assertThat(rows).hasSizeLessThan(70);
    }

    private void passes(TestMachine setting, Emulator emulator) throws IOException {
        assumeTrue(emulator.firmware().code().toFile().exists(), "no such firmware");
        Outcome outcome = Bench.run(setting, emulator, SECONDS, Scratch.createIn(folder));
        assertThat(BenchTest.failed(outcome))
                .as(String.join("\n", outcome.driverLines()))
                .isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    private static String name(int[] row, TestMachine setting) {
        return "%s, OpRegion %s, stolen %s, %s, firmware %d%s%s%s"
                .formatted(
                        setting.gpus().getFirst().id(),
                        REGIONS.get(row[1]),
                        STOLEN.get(row[2]),
                        setting.machine().qemuName(),
                        row[4],
                        row[5] == 1 ? ", reboot" : "",
                        row[6] == 1 ? ", two of them" : "",
                        row[7] == 1 ? ", class 0380" : "");
    }

    private static TestMachine setting(int[] row) {
        PciId id = PciId.intel(DEVICES.get(row[0]));
        Region region = REGIONS.get(row[1]);
        Stolen stolen = STOLEN.get(row[2]);
        Platform platform =
                Knowledge.platformOf(id).orElseGet(() -> Knowledge.platform("RPL-P").orElseThrow());
        boolean wanted = platform.stolenInGuest() && platform.stolenBase() != null;
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
        IgdModel model = IgdModel.of(id, platform);
        if (region == Region.PRESET) {
            model = model.withPresets(0x1000_0000, 0);
        }
        // A device that nobody knows has no register to preset.
        if (stolen == Stolen.PRESET && wanted && Knowledge.knows(id)) {
            model = model.withPresets(model.asls(), 0x1200_0000);
        }
        if (row[7] == 1) {
            model = model.withClass(IgdModel.DISPLAY);
        }
        Image offered =
                switch (region) {
                    case FW_CFG, EMBEDDED_WINS -> Roms.opRegion("OFFERED");
                    case HOSTS -> Roms.hostsOpRegion("HOST");
                    case EMBEDDED -> Image.EMPTY;
                    // The second device has none in memory.
                    case PRESET -> row[6] == 1 ? Roms.opRegion("OFFERED") : Image.EMPTY;
                };
        TestMachine setting =
                TestMachine.of(rom, model, MACHINES.get(row[3]))
                        .withMemory(1024)
                        .withFiles(
                                offered,
                                stolen == Stolen.FW_CFG_SIZE ? 96 * MIB : 0,
                                stolen == Stolen.FW_CFG_BASE ? BASE : 0);
        if (region == Region.PRESET) {
            setting = setting.withPreset(Roms.opRegion("PRESET"));
        }
        if (row[6] == 1) {
            // Without presets of its own.
            IgdModel second = model.withPresets(0, 0);
            // What comes from the ROM or from a file is for both; a place is only for one.
            setting = setting.withGpus(List.of(model, second));
        }
        return row[5] == 1 ? setting.withReboot() : setting;
    }
}
