package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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

/// The whole host in emulation.
class HostStackTest {
    private static final int SECONDS = 3600;

    @TempDir Path directory = Path.of("");

    @Test
    void driver_works_behind_the_kernel_and_the_real_igd_c() throws IOException {
        TestMachine machine = Roms.machine(Roms.of(PciId.intel(0x3e92), RomData.NONE));
        machine =
                machine.toBuilder()
                        .files(Roms.hostOpRegion("COFFEELAKE"), machine.stolenSize(), 0)
                        .build();
        Outcome outcome = run(machine, List.of("x-igd-opregion=on"));
        assertThat(BenchTest.failed(outcome)).isEmpty();
    }

    private Outcome run(TestMachine machine, List<String> options) throws IOException {
        Tools tools = Tools.find(Environment.ofMachine());
        assumeTrue(tools.kernel().isPresent(), "no kernel: igdrom test --setup --linux");
        Kernel kernel = tools.kernel().orElseThrow();
        HostStackStart start = new HostStackStart(machine, Emulators.any(), kernel, options);
        Path files = Path.of("/tmp/w/stackrun");
        return Bench.run(start, machine, SECONDS, Scratch.keeping(files));
    }
}
