package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.driver.Driver;
import igdrom.firmware.gop.Gop;
import igdrom.firmware.lpc.LpcEdit;
import igdrom.firmware.lpc.LpcEditException;
import igdrom.formats.opregion.OpRegionBuilder;
import igdrom.formats.pci.PciId;
import igdrom.testing.Corpus;
import igdrom.virtualigd.IgdHost;
import igdrom.virtualigd.IgdModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// GOPs of generations that no other test covers draw the UEFI shell on q35. The first of them
/// always, all of them with the system property `igdrom.all`.
class DrawingGopsTest {
    private static final int SECONDS = 900;
    private static final int DEFAULT_GOPS = 3;

    /// @param bridge whose id is edited into the GOP, empty for a GOP that reads none
    /// @param dirty whether it also draws on a display that firmware has left on
    private record Case(String device, String bridge, String gop, String vbt, boolean dirty) {
        /// As [DrawnGops.Row#run].
        private List<String> run() {
            return List.of(device, bridge, dirty ? "yes" : "no", vbt);
        }

        @Override
        public String toString() {
            return device + (dirty ? " dirty" : "") + " with " + gop;
        }
    }

    /// This one computes the frequency of PLLs that are on.
    private static final String ADL_N_GOP = "gop/dasharo_novacustom_ns5x_adl";

    private static final List<Case> CASES =
            List.of(
                    new Case("8086:3185", "", "glk", "google-octopus-ampton", false),
                    new Case("8086:5a84", "", "apl", "google-reef-coral-astronaut", false),
                    new Case("8086:0f31", "", "byt", "google-rambi-banjo", false),
                    new Case("8086:9a49", "8086:a082", "tgl", "clevo-tgl-u-l140mu", false),
                    new Case("8086:3185", "", "glk", "google-octopus-ampton", true),
                    new Case(
                            "8086:5916", "8086:9d58", "kbl", "lenovo-sklkbl_thinkpad-t470s", false),
                    new Case("8086:46d1", "8086:5481", ADL_N_GOP, "hardkernel-odroid-h4", true),
                    new Case("8086:0412", "8086:8c44", "hsw", "dell-optiplex_9020", false),
                    new Case("8086:0162", "", "ivb", "asrock-b75pro3-m", false));

    /// What the test runs.
    static List<List<String>> runs() {
        return CASES.stream().map(Case::run).toList();
    }

    @TempDir Path directory = Path.of("");

    @TestFactory
    Stream<DynamicTest> gop_draws_the_shell() {
        int count = Boolean.getBoolean("igdrom.all") ? CASES.size() : DEFAULT_GOPS;
        List<DynamicTest> tests = new ArrayList<>();
        for (Case each : CASES.subList(0, count)) {
            tests.add(DynamicTest.dynamicTest(each.toString(), () -> draws(each)));
        }
        return tests.stream();
    }

    private void draws(Case each) throws IOException, LpcEditException {
        PciId id = PciId.of(each.device());
        String name =
                each.gop().contains("/") ? each.gop() : "gop-more/mrcb_soc_intel_" + each.gop();
        Image file = Corpus.image(name + "_IntelGopDriver.efi");
        Gop gop = Gop.examine(file, Location.root("gop"), new Diagnostics()).orElseThrow();
        Image program =
                each.bridge().isEmpty()
                        ? gop.image()
                        : LpcEdit.edit(gop.executable(), PciId.of(each.bridge())).edited();
        Emitter region = new Emitter();
        OpRegionBuilder.around(Corpus.image("vbt/" + each.vbt() + ".vbt")).write(region);
        IgdHost host = each.dirty() ? IgdHost.TYPICAL.withDirtyDisplay() : IgdHost.TYPICAL;
        RomContents rom = Roms.withGop(id, program);
        assertThat(rom.driver().flatMap(Driver::data)).isPresent();
        TestMachine machine =
                TestMachine.builder(rom, IgdModel.of(id).withHost(host), MachineType.Q35)
                        .files(region.toImage(), 0, 0)
                        .build();
        Emulator emulator = Emulators.any();
        Outcome outcome = Bench.run(machine, emulator, SECONDS, Scratch.createIn(directory));
        assertThat(BenchTest.failed(outcome)).isEmpty();
        assertThat(outcome.picture().orElseThrow().colours(5)).isGreaterThan(1);
        DrawnGops.seen(
                new DrawnGops.Row(
                        each.device(),
                        gop.version().toString(),
                        gop.sha256().substring(0, 16),
                        each.bridge(),
                        each.dirty(),
                        "q35",
                        each.vbt(),
                        emulator.qemu().version(),
                        firmware(emulator)));
    }

    /// The release of OVMF, which is in the path of a fetched one.
    private static String firmware(Emulator emulator) {
        Matcher release =
                Pattern.compile("/ovmf-([0-9.]+)").matcher(emulator.firmware().code().toString());
        return release.find() ? "OVMF " + release.group(1) : "OVMF, installed";
    }
}
