package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.setup.Kernel;
import igdrom.bench.setup.Tools;
import igdrom.driver.RomData;
import igdrom.fetch.Environment;
import igdrom.formats.pci.PciId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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

    private List<String> ids(int device) throws IOException {
        Emulator emulator = Emulators.any();
        String named = System.getProperty("igdrom.tools", "");
        Environment environment = Environment.ofMachine();
        Tools tools =
                Tools.find(
                        named.isEmpty() ? environment : environment.withDirectory(Path.of(named)));
        assumeTrue(tools.kernel().isPresent(), "no kernel: igdrom test --setup --linux");
        Kernel kernel = tools.kernel().orElseThrow();
        TestMachine machine = Roms.machine(Roms.of(PciId.intel(device), RomData.NONE));
        List<Check> checks =
                LinuxBench.run(machine, emulator, kernel, SECONDS, Scratch.createIn(directory))
                        .verdict()
                        .checks();
        assertThat(checks).allMatch(Check::ok);
        assertThat(directory).isEmptyDirectory();
        return checks.stream().map(Check::id).toList();
    }
}
