package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.driver.RomData;
import igdrom.formats.pci.PciId;
import igdrom.plan.GuestMachine;
import igdrom.plan.RomRequest;
import igdrom.rom.RomChecks;
import igdrom.testing.Corpus;
import igdrom.virtualigd.IgdModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A ROM built from a device, a GOP and a VBT alone works on q35 and on pc: the LPC bridge is the
/// usual one of the device.
class BuiltRomTest {
    private static final int SECONDS = 900;

    /// bhyve's own LPC bridge.
    private static final PciId PIIX3 = PciId.intel(0x7000);

    @TempDir Path directory = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "Q35, 8086:46d1, firmware/rpl_FvLateSilicon.fv.xz, vbt/hardkernel-odroid-h4.vbt",
        "PC,  8086:46d1, firmware/rpl_FvLateSilicon.fv.xz, vbt/hardkernel-odroid-h4.vbt",
    })
    void rom_without_a_machine_draws_on_q35_and_on_pc(
            MachineType type, String device, String gop, String vbt) throws IOException {
        RomContents rom = rom(RomRequest.of(PciId.of(device)), gop, vbt);
        assertThat(failed(rom, type, Optional.empty())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Q35, 8086:9b41, gop/mrcb_soc_intel_cml_IntelGopDriver.efi, vbt/clevo-cml-u-l140cu.vbt",
        "PC,  8086:9b41, gop/mrcb_soc_intel_cml_IntelGopDriver.efi, vbt/clevo-cml-u-l140cu.vbt",
        "Q35, 8086:0126, gop/mrcb_soc_intel_snb_IntelGopDriver.efi, vbt/lenovo-t420.vbt",
        "PC,  8086:0126, gop/mrcb_soc_intel_snb_IntelGopDriver.efi, vbt/lenovo-t420.vbt",
    })
    void rom_of_another_generation_draws_on_q35_and_on_pc(
            MachineType type, String device, String gop, String vbt) throws IOException {
        assumeTrue(Boolean.getBoolean("igdrom.all"), "only with -Digdrom.all=true");
        RomContents rom = rom(RomRequest.of(PciId.of(device)), gop, vbt);
        assertThat(failed(rom, type, Optional.empty())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "8086:46d1, firmware/rpl_FvLateSilicon.fv.xz, vbt/hardkernel-odroid-h4.vbt",
        "8086:9b41, gop/mrcb_soc_intel_cml_IntelGopDriver.efi, vbt/clevo-cml-u-l140cu.vbt",
    })
    void rom_for_bhyve_draws_beside_its_own_bridge(String device, String gop, String vbt)
            throws IOException {
        assumeTrue(Boolean.getBoolean("igdrom.all"), "only with -Digdrom.all=true");
        RomRequest request = RomRequest.of(PciId.of(device)).withMachine(GuestMachine.BHYVE);
        assertThat(failed(rom(request, gop, vbt), MachineType.PC, Optional.of(PIIX3))).isEmpty();
    }

    @Test
    void rom_is_tested_on_the_machine_and_beside_the_bridge_that_it_was_built_for() {
        String gop = "gop/mrcb_soc_intel_cml_IntelGopDriver.efi";
        String vbt = "vbt/clevo-cml-u-l140cu.vbt";
        RomRequest request = RomRequest.of(PciId.intel(0x9b41));
        assertThat(Roms.machine(rom(request, gop, vbt)).type()).isEqualTo(MachineType.Q35);
        TestMachine bhyve = Roms.machine(rom(request.withMachine(GuestMachine.BHYVE), gop, vbt));
        assertThat(bhyve.type()).isEqualTo(MachineType.PC);
        assertThat(bhyve.lpc()).contains(PIIX3);
        TestMachine pc = Roms.machine(rom(request.withMachine(GuestMachine.PC), gop, vbt));
        assertThat(pc.type()).isEqualTo(MachineType.PC);
        assertThat(pc.lpc()).contains(PciId.intel(0x0284));
    }

    /// Builds a ROM that `verify` finds good, too.
    private static RomContents rom(RomRequest request, String gop, String vbt) {
        RomContents rom = BuiltRom.of(request, Corpus.image(gop), Corpus.image(vbt));
        PciId device = rom.ids().getFirst();
        RomChecks checks = RomChecks.of(rom.bytes(), "igd.rom", Optional.of(device));
        assertThat(checks.good()).as(checks.toString()).isTrue();
        assertThat(rom.driver().orElseThrow().data().orElse(RomData.NONE).builtFor().deviceId())
                .isEqualTo(device.device());
        return rom;
    }

    private List<String> failed(RomContents rom, MachineType type, Optional<PciId> bridge)
            throws IOException {
        TestMachine.Builder machine =
                TestMachine.builder(rom, IgdModel.of(rom.ids().getFirst()), type);
        bridge.ifPresent(machine::lpc);
        Outcome outcome =
                Bench.run(machine.build(), Emulators.any(), SECONDS, Scratch.createIn(directory));
        assertThat(outcome.picture()).isPresent();
        return BenchTest.failed(outcome);
    }
}
