package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bench.judge.Verdict;
import igdrom.bench.setup.Kernel;
import igdrom.bench.setup.Qemu;
import igdrom.bench.setup.Tools;
import igdrom.driver.RomData;
import igdrom.fetch.Environment;
import igdrom.firmware.gop.Gop;
import igdrom.formats.pci.PciId;
import igdrom.testing.Corpus;
import igdrom.virtualigd.IgdModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole host in emulation: a kernel's vfio-pci and QEMU's igd.c hand the virtual GPU over.
class HostStackTest {
    private static final int SECONDS = 3600;

    @TempDir Path directory = Path.of("");

    @Test
    void options_that_leave_the_opregion_out_fail_as_on_a_host() throws IOException {
        assumeTrue(Boolean.getBoolean("igdrom.all"), "takes minutes; only with -Digdrom.all=true");
        TestMachine machine = Roms.machine(Roms.of(PciId.intel(0x3e92), RomData.NONE));
        machine =
                machine.toBuilder()
                        .files(Roms.opRegion("COFFEELAKE"), machine.stolenSize().orElseThrow(), 0)
                        .build();
        Outcome outcome = run(machine, List.of("x-igd-opregion=off"));
        assertThat(outcome.verdict().checks())
                .filteredOn(check -> !check.ok())
                .extracting(Verdict.Check::id)
                .contains("host.opregion", "asls");
    }

    @Test
    void default_options_are_those_of_a_configuration() {
        assertThat(recommended(MachineType.Q35)).containsExactly("x-igd-opregion=on");
        assertThat(recommended(MachineType.PC))
                .containsExactly("x-igd-legacy-mode=off", "x-igd-opregion=on", "x-igd-lpc=on");
    }

    private static List<String> recommended(MachineType type) {
        PciId id = PciId.intel(0x3e92);
        return HostStackStart.recommended(
                TestMachine.builder(Roms.of(id, RomData.NONE), IgdModel.of(id), type).build(),
                new Qemu("11.1.3", List.of("qemu"), Map.of(), null, "a test"));
    }

    @Test
    void gop_draws_behind_the_kernel_and_the_real_igd_c() throws Exception {
        PciId id = PciId.intel(0x3e92);
        Gop gop = EditedGopTest.gop(Corpus.image("gop/mrcb_soc_intel_cml_IntelGopDriver.efi"));
        RomContents rom = Roms.withGop(id, EditedGopTest.edited(gop, PciId.intel(0xa308)));
        TestMachine machine =
                TestMachine.builder(rom, IgdModel.of(id), MachineType.Q35)
                        .files(Roms.opRegion("COFFEELAKE"), 64 << 20, 0)
                        .build();
        Outcome outcome = run(machine, List.of());
        assertThat(BenchTest.failed(outcome)).isEmpty();
        assertThat(outcome.picture().orElseThrow().width()).isEqualTo(800);
    }

    private Outcome run(TestMachine machine, List<String> options) throws IOException {
        Tools tools = Tools.find(Environment.ofMachine());
        assumeTrue(
                tools.kernel().filter(Kernel::canBeHost).isPresent(),
                "no kernel with vfio-pci: igdrom test --setup --host-stack");
        Kernel kernel = tools.kernel().orElseThrow();
        return Bench.runHostStack(
                machine,
                Emulators.any(),
                kernel,
                options,
                SECONDS,
                directory.resolve("run"),
                _ -> {});
    }
}
