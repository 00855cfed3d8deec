package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.setup.Kernel;
import igdrom.bench.setup.Tools;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.driver.RomData;
import igdrom.fetch.Environment;
import igdrom.formats.opregion.OpRegionBuilder;
import igdrom.formats.pci.PciId;
import igdrom.formats.vbt.VbtEdit;
import igdrom.testing.Corpus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real kernel, one for each kind of stolen memory. One of them always, all of them with the
/// system property `igdrom.all`.
class LinuxBenchTest {
    private static final int SECONDS = 900;

    @TempDir Path directory = Path.of("");

    @Test
    void linux_finds_everything_with_a_64_bit_bdsm() throws IOException {
        assertThat(ids(0x46a6))
                .containsExactly(
                        "linux.boot",
                        "linux.reserved",
                        "linux.stolen",
                        "linux.opregion",
                        "linux.vbt",
                        "linux.report");
    }

    @Test
    void linux_finds_everything_with_a_32_bit_bdsm() throws IOException {
        assumeTrue(Boolean.getBoolean("igdrom.all"), "only with -Digdrom.all=true");
        assertThat(ids(0x3e92)).hasSize(6);
    }

    @Test
    void linux_finds_everything_on_sandy_bridge() throws IOException {
        assumeTrue(Boolean.getBoolean("igdrom.all"), "only with -Digdrom.all=true");
        assertThat(ids(0x0102)).hasSize(6);
    }

    @Test
    void linux_finds_everything_on_meteor_lake_without_stolen_memory() throws IOException {
        assumeTrue(Boolean.getBoolean("igdrom.all"), "only with -Digdrom.all=true");
        assertThat(ids(0x7d55)).doesNotContain("linux.reserved").hasSize(5);
    }

    /// fw_cfg offers nothing, the ROM the VBT of a board with and without two of its outputs.
    @Test
    void linux_does_not_find_outputs_that_are_switched_off() throws Exception {
        assumeTrue(Boolean.getBoolean("igdrom.all"), "only with -Digdrom.all=true");
        Image board = Corpus.image("vbt/hardkernel-odroid-h4.vbt");
        // i915 calls port F of this VBT, which is TC1, port D.
        assertThat(ports(board)).containsExactly("A", "B", "D");
        Location location = Location.root("vbt");
        Image edited = VbtEdit.disable(board, List.of("HDMI-A", "DP-F"), location).image();
        assertThat(ports(edited)).containsExactly("B");
    }

    /// The ports of the outputs that i915 finds in a VBT.
    ///
    /// Source: Linux, drivers/gpu/drm/i915/display/intel_bios.c, `print_ddi_port`.
    private List<String> ports(Image vbt) throws IOException {
        Emitter region = new Emitter();
        OpRegionBuilder.around(vbt).write(region);
        RomData data = Roms.embedding(region.toImage(), true, 0);
        RomContents rom = Roms.of(PciId.intel(0x46d1), data);
        LinuxOutcome outcome = boot(Roms.machine(rom));
        assertThat(outcome.verdict().checks()).allMatch(Check::ok);
        List<String> ports = new ArrayList<>();
        Pattern line = Pattern.compile("Port (\\w+) VBT info:");
        for (String message : outcome.report().dmesg()) {
            Matcher matcher = line.matcher(message);
            if (matcher.find() && !ports.contains(matcher.group(1))) {
                ports.add(matcher.group(1));
            }
        }
        return ports;
    }

    private List<String> ids(int device) throws IOException {
        List<Check> checks =
                boot(Roms.machine(Roms.of(PciId.intel(device), RomData.NONE))).verdict().checks();
        assertThat(checks).allMatch(Check::ok);
        return checks.stream().map(Check::id).toList();
    }

    private LinuxOutcome boot(TestMachine machine) throws IOException {
        Emulator emulator = Emulators.any();
        String named = System.getProperty("igdrom.tools", "");
        Environment environment = Environment.ofMachine();
        Tools tools =
                Tools.find(
                        named.isEmpty() ? environment : environment.withDirectory(Path.of(named)));
        assumeTrue(tools.kernel().isPresent(), "no kernel: igdrom test --setup --linux");
        Kernel kernel = tools.kernel().orElseThrow();
        LinuxOutcome outcome =
                LinuxBench.run(machine, emulator, kernel, SECONDS, Scratch.createIn(directory));
        assertThat(directory).isEmptyDirectory();
        return outcome;
    }
}
