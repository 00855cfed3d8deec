package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.setup.Ovmf;
import igdrom.bench.setup.Qemu;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.driver.RomData;
import igdrom.formats.pci.PciId;
import igdrom.testing.Corpus;
import igdrom.virtualigd.IgdModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
    private static final PciId COFFEE_LAKE = PciId.intel(0x3e92);
    private static final PciId ALDER_LAKE = PciId.intel(0x46a6);
    private static final int SECONDS = 120;

    @TempDir Path folder = Path.of("");

    @Test
    void rom_of_our_driver_passes_on_pc() throws IOException {
        passes(TestRequest.of(Roms.of(COFFEE_LAKE, RomData.NONE)), MachineType.PC);
    }

    @Test
    void rom_with_everything_embedded_passes_on_q35_and_after_a_reboot() throws IOException {
        RomData data = Roms.embedding(Roms.hostsOpRegion("EMBEDDED"), false, 0x2c00_0000);
        TestMachine setting = TestRequest.of(Roms.of(ALDER_LAKE, data)).setting().withReboot();
        Outcome outcome = run(setting, Emulators.any());
        assertThat(failed(outcome)).isEmpty();
        assertThat(outcome.verdict().checks())
                .contains(new Check("reboot.stolen.base", true, "0x2c000000, as the ROM says"));
    }

    @Test
    void what_the_hypervisor_has_set_is_not_moved() throws IOException {
        TestMachine setting =
                new TestRequest(
                                Roms.of(COFFEE_LAKE, RomData.NONE),
                                Optional.empty(),
                                0,
                                Optional.of(MachineType.Q35),
                                Optional.empty(),
                                Image.EMPTY,
                                Optional.empty(),
                                true,
                                true,
                                0,
                                false)
                        .setting();
        Outcome outcome = run(setting, Emulators.any());
        assertThat(failed(outcome)).isEmpty();
        assertThat(outcome.verdict().checks())
                .extracting(Check::id)
                .contains("opregion.kept", "stolen.kept");
    }

    @Test
    void driver_that_drops_a_truncated_vbt_passes() throws IOException {
        RomData data = Roms.embedding(Roms.truncatedVbt("COFFEELAKE"), false, 0);
        Outcome outcome =
                run(TestRequest.of(Roms.of(COFFEE_LAKE, data)).setting(), Emulators.any());
        assertThat(failed(outcome)).isEmpty();
    }

    @Test
    void driver_that_prefers_the_roms_opregion_to_one_without_a_vbt_passes() throws IOException {
        RomData data = Roms.embedding(Roms.opRegion("COFFEELAKE"), false, 0);
        TestMachine machine = TestRequest.of(Roms.of(COFFEE_LAKE, data)).setting();
        Outcome outcome =
                run(
                        machine.withFiles(Roms.opRegionWithoutVbt(), machine.stolenSize(), 0),
                        Emulators.any());
        assertThat(failed(outcome)).isEmpty();
        assertThat(outcome.verdict().checks())
                .contains(new Check("opregion.bytes", true, "8192 bytes, all as in the ROM"));
    }

    @Test
    void rom_whose_driver_does_nothing_fails() throws IOException {
        Outcome outcome = run(TestRequest.of(Roms.idle(COFFEE_LAKE)).setting(), Emulators.any());
        assertThat(outcome.verdict().passed()).isFalse();
        assertThat(outcome.verdict().checks())
                .contains(
                        new Check(
                                "driver",
                                true,
                                "1 of the ROM's 1 UEFI images are loaded and stayed"),
                        new Check("asls", false, "ASLS is 0: the guest has no OpRegion"),
                        new Check(
                                "bdsm",
                                false,
                                "BDSM is 0: there is no stolen memory for the guest"));
    }

    @Test
    void gop_draws_and_the_picture_is_taken() throws IOException {
        Image gop = Corpus.image("gop/mrcb_soc_intel_cml_IntelGopDriver.efi");
        Outcome outcome =
                run(TestRequest.of(Roms.withGop(COFFEE_LAKE, gop)).setting(), Emulators.any());
        assertThat(failed(outcome)).isEmpty();
        assertThat(outcome.picture().orElseThrow().width()).isEqualTo(800);
        assertThat(outcome.picture().orElseThrow().height()).isEqualTo(600);
    }

    @Test
    void rom_of_somebody_else_is_judged_by_what_it_does() throws IOException {
        RomContents rom =
                RomContents.read(
                        Corpus.image("oprom/gangqizai_2in1_rom_igd_rpls.rom"),
                        Location.root("igd_rpls.rom"));
        TestMachine setting =
                TestMachine.of(
                                rom,
                                IgdModel.of(PciId.intel(0xa780)).withRevision(4),
                                MachineType.PC)
                        .withLpc(PciId.intel(0x7a84))
                        .withFiles(Roms.opRegion("RAPTORLAKE"), 0, 0);
        Outcome outcome = run(setting, Emulators.any());
        // Its driver takes stolen memory only where the host has it.
        assertThat(failed(outcome))
                .containsExactly("bdsm: BDSM is 0: there is no stolen memory for the guest");
        assertThat(outcome.picture()).isPresent();
    }

    @Test
    void driver_of_somebody_else_sets_asls() throws IOException {
        RomContents rom =
                RomContents.read(
                        Corpus.image("oprom/gangqizai_gen12_igd.rom"),
                        Location.root("gen12_igd.rom"));
        TestMachine setting =
                TestMachine.of(rom, IgdModel.of(PciId.intel(0xa780)), MachineType.Q35)
                        .withFiles(Roms.opRegion("RAPTORLAKE"), 0, 0);
        Outcome outcome = run(setting, Emulators.any());
        assertThat(failed(outcome))
                .containsExactly("bdsm: BDSM is 0: there is no stolen memory for the guest");
        assertThat(outcome.verdict().checks())
                .filteredOn(Check::ok)
                .extracting(Check::id)
                .containsExactly(
                        "boot",
                        "driver",
                        "asls",
                        "opregion.below4g",
                        "opregion.nvs",
                        "opregion.bytes",
                        "opregion.header",
                        "opregion.vbt");
    }

    @Test
    void qemu_that_ends_is_said_and_nothing_stays() throws IOException {
        Outcome outcome = pretend("echo no such machine >&2; exit 3", 10);
        assertThat(outcome.verdict().checks())
                .containsExactly(
                        new Check("boot", false, "QEMU ended with code 3: no such machine"));
    }

    @Test
    void qemu_that_crashes_is_said_and_nothing_stays() throws IOException {
        Outcome outcome = pretend("kill -SEGV $$", 10);
        assertThat(outcome.verdict().checks())
                .containsExactly(new Check("boot", false, "QEMU was ended by signal 11"));
    }

    @Test
    void guest_that_hangs_is_given_up_and_nothing_stays() throws IOException {
        Outcome outcome = pretend("sleep 1000 & wait", 1);
        assertThat(outcome.verdict().checks())
                .containsExactly(new Check("boot", false, "the guest did not come up in time"));
        assertThat(
                        ProcessHandle.current()
                                .descendants()
                                .filter(child ->
                                        child.info().commandLine().orElse("").contains("1000")))
                .isEmpty();
    }

    @Test
    void guest_that_talks_nonsense_is_refused() throws IOException {
        Outcome outcome = pretend("yes", 10);
        assertThat(outcome.verdict().checks())
                .containsExactly(
                        new Check(
                                "boot",
                                false,
                                "witness/report 1@0x0 +0x0: Signature is not \"IGDRWITN\""));
    }

    /// A shell script instead of QEMU.
    private Outcome pretend(String script, int seconds) throws IOException {
        Path empty = Files.write(folder.resolve("empty"), new byte[0]);
        Path parent = Files.createDirectory(folder.resolve("parent"));
        Emulator emulator =
                new Emulator(
                        new Qemu("11.0", List.of("sh", "-c", script, "qemu"), Map.of(), "sh"),
                        new Ovmf(empty, empty, "none"));
        TestMachine setting = TestRequest.of(Roms.of(COFFEE_LAKE, RomData.NONE)).setting();
        Outcome outcome = Bench.run(setting, emulator, seconds, Scratch.createIn(parent));
        assertThat(parent).isEmptyDirectory();
        return outcome;
    }

    private void passes(TestRequest request, MachineType machine) throws IOException {
        TestMachine setting = request.setting();
        TestMachine on =
                TestMachine.of(setting.rom(), setting.gpus().getFirst(), machine)
                        .withFiles(setting.opRegion(), setting.stolenSize(), 0);
        assertThat(failed(run(on, Emulators.any()))).isEmpty();
    }

    private Outcome run(TestMachine setting, Emulator emulator) throws IOException {
        Path parent = Files.createDirectory(folder.resolve("parent"));
        Outcome outcome = Bench.run(setting, emulator, SECONDS, Scratch.createIn(parent));
        try (Stream<Path> left = Files.list(parent)) {
            assertThat(left).isEmpty();
        }
        return outcome;
    }

    static List<String> failed(Outcome outcome) {
        return outcome.verdict().checks().stream()
                .filter(check -> !check.ok())
                .map(check -> check.id() + ": " + check.evidence())
                .toList();
    }
}
