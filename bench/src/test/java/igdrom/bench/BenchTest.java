package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bench.judge.Verdict;
import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.setup.Ovmf;
import igdrom.bench.setup.Qemu;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.driver.RomData;
import igdrom.formats.pci.PciId;
import igdrom.testing.Corpus;
import igdrom.virtualigd.IgdHost.Registers;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchTest {
    private static final PciId COFFEE_LAKE = PciId.intel(0x3e92);
    private static final PciId ALDER_LAKE = PciId.intel(0x46a6);
    private static final int SECONDS = 900;

    @TempDir Path directory = Path.of("");

    @Test
    void rom_with_our_driver_passes_on_pc() throws IOException {
        passes(Roms.of(COFFEE_LAKE, RomData.NONE), MachineType.PC);
    }

    @Test
    void rom_with_everything_embedded_passes_on_q35_and_after_a_reboot() throws IOException {
        RomData data = Roms.embedding(Roms.hostOpRegion("EMBEDDED"), false, 0x2c00_0000);
        TestMachine machine = Roms.machine(Roms.of(ALDER_LAKE, data)).toBuilder().reboot().build();
        Outcome outcome = run(machine, Emulators.any());
        assertThat(failed(outcome)).isEmpty();
        assertThat(outcome.verdict().checks())
                .contains(new Check("reboot.stolen.base", true, "0x2c000000, as the ROM says"));
    }

    @Test
    void presets_of_the_hypervisor_are_kept() throws IOException {
        TestMachine machine =
                Roms.machine(
                        new TestRequest(
                                Roms.of(COFFEE_LAKE, RomData.NONE),
                                Optional.empty(),
                                Optional.of(MachineType.Q35),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                true,
                                true,
                                Optional.empty(),
                                false,
                                TestRequest.Host.EMULATED));
        Outcome outcome = run(machine, Emulators.any());
        assertThat(failed(outcome)).isEmpty();
        assertThat(outcome.verdict().checks())
                .extracting(Check::id)
                .contains("opregion.kept", "stolen.kept");
    }

    @Test
    void driver_that_drops_a_truncated_vbt_passes() throws IOException {
        RomData data = Roms.embedding(Roms.truncatedVbt("COFFEELAKE"), false, 0);
        Outcome outcome = run(Roms.machine(Roms.of(COFFEE_LAKE, data)), Emulators.any());
        assertThat(failed(outcome)).isEmpty();
    }

    @Test
    void driver_that_prefers_the_roms_opregion_to_one_without_a_vbt_passes() throws IOException {
        RomData data = Roms.embedding(Roms.opRegion("COFFEELAKE"), false, 0);
        TestMachine machine = Roms.machine(Roms.of(COFFEE_LAKE, data));
        Outcome outcome =
                run(
                        machine.toBuilder()
                                .files(Roms.opRegionWithoutVbt(), machine.stolenSize().orElse(0), 0)
                                .build(),
                        Emulators.any());
        assertThat(failed(outcome)).isEmpty();
        assertThat(outcome.verdict().checks())
                .contains(new Check("opregion.bytes", true, "8192 bytes, all as in the ROM"));
    }

    /// Page table entries of Ivy Bridge have 32 bits, those of Alder Lake 64.
    @ParameterizedTest
    @ValueSource(ints = {0x0162, 0x46a6})
    void what_the_hosts_firmware_left_is_cleared_where_the_rom_says_so(int device)
            throws IOException {
        RomData data = RomData.NONE.withClearsDisplayState(true);
        Outcome outcome = run(dirty(device, data, Registers.EMULATED), Emulators.any());
        assertThat(failed(outcome)).isEmpty();
        assertThat(outcome.verdict().checks())
                .contains(
                        new Check(
                                "display.state",
                                true,
                                "nothing of the host's firmware is left in the page table and the"
                                        + " display buffer"));
        String slices = device == 0x0162 ? "0x0" : "0x2";
        assertThat(outcome.driverLines()).contains("igdrom: display state: done 0x4000 " + slices);
    }

    @Test
    void display_state_stays_where_the_registers_are_the_hosts() throws IOException {
        RomData data = Roms.embedding(Roms.opRegion("ROM"), false, 0).withClearsDisplayState(true);
        Outcome outcome = run(dirty(0x46a6, data, Registers.LOCKED), Emulators.any());
        assertThat(failed(outcome)).isEmpty();
        assertThat(outcome.driverLines()).contains("igdrom: display state: withheld 0x0 0x0");
    }

    @Test
    void virtual_function_is_left_alone_and_reported_as_one() throws Exception {
        RomData data = Roms.embedding(Roms.opRegion("ROM"), false, 0);
        TestRequest.Host host =
                new TestRequest.Host(Registers.ABSENT, /* dirty= */ false, Optional.empty());
        RomContents rom = Roms.withGop(ALDER_LAKE, EditedGopTest.alderLake(), data);
        Outcome outcome = run(Roms.machine(TestRequest.of(rom).withHost(host)), Emulators.any());
        assertThat(failed(outcome)).isEmpty();
        assertThat(outcome.verdict().checks())
                .extracting(Check::id)
                .contains("driver.writes", "report.virtual", "policy.withheld", "gop.withheld");
    }

    @Test
    void device_of_class_0380_passes_without_an_opregion() throws IOException {
        TestMachine machine =
                Roms.machine(TestRequest.of(Roms.of(ALDER_LAKE, RomData.NONE)).withFwCfg(false));
        TestMachine other =
                machine.toBuilder()
                        .gpus(machine.gpus().getFirst().withClass(IgdModel.DISPLAY))
                        .build();
        assertThat(failed(run(other, Emulators.any()))).isEmpty();
    }

    private static TestMachine dirty(int device, RomData data, Registers registers) {
        TestRequest.Host host = new TestRequest.Host(registers, true, Optional.empty());
        TestRequest request = TestRequest.of(Roms.of(PciId.intel(device), data));
        return Roms.machine(request.withFwCfg(registers == Registers.EMULATED).withHost(host));
    }

    @Test
    void rom_whose_driver_does_nothing_fails() throws IOException {
        Outcome outcome = run(Roms.machine(Roms.idle(COFFEE_LAKE)), Emulators.any());
        assertThat(outcome.verdict().passed()).isFalse();
        assertThat(outcome.verdict().checks())
                .contains(
                        new Check(
                                "driver",
                                true,
                                "1 of the ROM's 1 UEFI images are loaded and stayed"),
                        new Check("asls", false, "ASLS is 0: the guest has no OpRegion"),
                        new Check("bdsm", false, "BDSM is 0: the guest has no stolen memory"));
    }

    @Test
    void picture_of_the_gop_is_taken() throws IOException {
        Image gop = Corpus.image("gop/mrcb_soc_intel_cml_IntelGopDriver.efi");
        Outcome outcome = run(Roms.machine(Roms.withGop(COFFEE_LAKE, gop)), Emulators.any());
        assertThat(failed(outcome)).isEmpty();
        assertThat(outcome.picture().orElseThrow().width()).isEqualTo(800);
        assertThat(outcome.picture().orElseThrow().height()).isEqualTo(600);
    }

    @Test
    void foreign_rom_is_judged_by_its_effect() throws IOException {
        RomContents rom =
                RomContents.read(
                        Corpus.image("oprom/gangqizai_2in1_rom_igd_rpls.rom"),
                        Location.root("igd_rpls.rom"));
        TestMachine machine =
                TestMachine.builder(
                                rom,
                                IgdModel.of(PciId.intel(0xa780)).withRevision(4),
                                MachineType.PC)
                        .lpc(PciId.intel(0x7a84))
                        .files(Roms.opRegion("RAPTORLAKE"), 0, 0)
                        .build();
        Outcome outcome = run(machine, Emulators.any());
        // Its driver allocates stolen memory only at the host's address, and offers the GOP its
        // policy without any.
        assertThat(failed(outcome))
                .containsExactly(
                        "bdsm: BDSM is 0: the guest has no stolen memory",
                        "gop.stolen: draws over the guest's memory at 0x0, outside the stolen"
                                + " memory of the guest (it has none)");
        assertThat(outcome.picture()).isPresent();
    }

    @Test
    void foreign_driver_sets_asls() throws IOException {
        RomContents rom =
                RomContents.read(
                        Corpus.image("oprom/gangqizai_gen12_igd.rom"),
                        Location.root("gen12_igd.rom"));
        TestMachine machine =
                TestMachine.builder(rom, IgdModel.of(PciId.intel(0xa780)), MachineType.Q35)
                        .files(Roms.opRegion("RAPTORLAKE"), 0, 0)
                        .build();
        Outcome outcome = run(machine, Emulators.any());
        assertThat(failed(outcome))
                .containsExactly("bdsm: BDSM is 0: the guest has no stolen memory");
        assertThat(outcome.verdict().checks())
                .filteredOn(Check::ok)
                .extracting(Check::id)
                .containsExactly(
                        "boot",
                        "driver",
                        "asls",
                        "opregion.aligned",
                        "opregion.below4g",
                        "opregion.nvs",
                        "opregion.bytes",
                        "opregion.header",
                        "opregion.vbt",
                        "driver.writes",
                        "exit",
                        "exit.opregion",
                        "memory.kept");
    }

    @Test
    void exit_of_qemu_is_reported_and_nothing_is_left() throws IOException {
        Outcome outcome = runScript("echo no such machine >&2; exit 3", 10);
        assertThat(outcome.verdict().checks())
                .containsExactly(
                        new Check("boot", false, "QEMU exited with code 3: no such machine"));
    }

    @Test
    void crash_of_qemu_is_reported_and_nothing_is_left() throws IOException {
        Outcome outcome = runScript("kill -SEGV $$", 10);
        assertThat(outcome.verdict().checks())
                .containsExactly(new Check("boot", false, "QEMU was killed by signal 11"));
    }

    @Test
    void hanging_guest_is_killed_and_nothing_is_left() throws IOException {
        Outcome outcome = runScript("sleep 1000 & wait", 1);
        assertThat(outcome.verdict().checks())
                .containsExactly(
                        new Check(
                                "boot",
                                false,
                                "the time limit of 1 s ran out when the guest had used 0 s of"
                                        + " processor time"));
        assertThat(outcome.verdict().kind()).isEqualTo(Verdict.Kind.UNDECIDED);
        assertThat(
                        ProcessHandle.current()
                                .descendants()
                                .filter(child ->
                                        child.info().commandLine().orElse("").contains("1000")))
                .isEmpty();
    }

    @Test
    void device_that_qemu_gave_up_on_is_not_judged() throws IOException {
        Outcome outcome =
                runScript("echo gpu0.socket: timed out waiting for reply >&2; exit 1", 10);
        assertThat(outcome.verdict().kind()).isEqualTo(Verdict.Kind.UNDECIDED);
        assertThat(outcome.verdict().interruption())
                .isEqualTo(
                        new Verdict.Interruption(
                                true, "QEMU timed out waiting for reply from the virtual GPU"));
    }

    @Test
    void guest_that_sends_garbage_is_refused() throws IOException {
        Outcome outcome = runScript("yes", 10);
        assertThat(outcome.verdict().checks())
                .containsExactly(
                        new Check(
                                "boot",
                                false,
                                "witness/report 1@0x0 +0x0: Signature is not \"IGDRWITN\""));
    }

    /// Runs a shell script in place of QEMU.
    private Outcome runScript(String script, int seconds) throws IOException {
        Path empty = Files.write(directory.resolve("empty"), new byte[0]);
        Path parent = Files.createDirectory(directory.resolve("parent"));
        Emulator emulator =
                new Emulator(
                        new Qemu("11.0", List.of("sh", "-c", script, "qemu"), Map.of(), null, "sh"),
                        new Ovmf(empty, empty, "none"));
        TestMachine machine = Roms.machine(Roms.of(COFFEE_LAKE, RomData.NONE));
        Outcome outcome = Bench.run(machine, emulator, seconds, Scratch.createIn(parent));
        assertThat(parent).isEmptyDirectory();
        return outcome;
    }

    private void passes(RomContents rom, MachineType type) throws IOException {
        TestMachine base = Roms.machine(rom);
        TestMachine machine =
                TestMachine.builder(rom, base.gpus().getFirst(), type)
                        .files(base.opRegion(), base.stolenSize().orElse(0), 0)
                        .build();
        assertThat(failed(run(machine, Emulators.any()))).isEmpty();
    }

    private Outcome run(TestMachine machine, Emulator emulator) throws IOException {
        Path parent = Files.createDirectory(directory.resolve("parent"));
        Outcome outcome = Bench.run(machine, emulator, SECONDS, Scratch.createIn(parent));
        try (Stream<Path> files = Files.list(parent)) {
            assertThat(files).isEmpty();
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
