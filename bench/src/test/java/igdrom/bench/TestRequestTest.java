package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Image;
import igdrom.driver.RomData;
import igdrom.formats.pci.PciId;
import igdrom.testing.Corpus;
import igdrom.virtualigd.IgdModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestRequestTest {
    private static final PciId ID = PciId.intel(0x46a6);

    @Test
    void bare_driver_is_tested_on_q35_with_the_files_that_qemu_has() {
        TestMachine setting = TestRequest.of(Roms.of(ID, RomData.NONE)).setting();
        assertThat(setting.machine()).isEqualTo(MachineType.Q35);
        assertThat(setting.lpc()).isEmpty();
        assertThat(setting.gpus()).containsExactly(IgdModel.of(ID));
        assertThat(setting.opRegion().size()).isEqualTo(0x2000);
        assertThat(setting.stolenSize()).isEqualTo(64 << 20);
        assertThat(setting.memoryMiB()).isEqualTo(512);
    }

    @Test
    void rom_with_an_opregion_has_to_do_without_the_files() {
        RomData data = Roms.embedding(Roms.opRegion("MINE"), false, 0);
        TestMachine setting = TestRequest.of(Roms.of(ID, data)).setting();
        assertThat(setting.opRegion()).isEqualTo(Image.EMPTY);
        assertThat(setting.stolenSize()).isZero();
    }

    @Test
    void guest_gets_as_much_memory_as_the_place_in_the_rom_needs() {
        RomData data = Roms.embedding(Image.EMPTY, false, 0x7000_0000);
        assertThat(TestRequest.of(Roms.of(ID, data)).setting().memoryMiB()).isEqualTo(2304);
    }

    @Test
    void gop_that_asks_for_the_bridge_is_tested_on_pc_with_one_that_it_knows() {
        Image gop = Corpus.image("gop/dasharo_novacustom_ns5x_adl_IntelGopDriver.efi");
        TestMachine setting = TestRequest.of(Roms.withGop(ID, gop)).setting();
        assertThat(setting.machine()).isEqualTo(MachineType.PC);
        assertThat(setting.lpc()).contains(PciId.intel(0x5182));
        Image older = Corpus.image("gop/mrcb_soc_intel_cml_IntelGopDriver.efi");
        PciId coffeeLake = PciId.intel(0x3e92);
        assertThat(TestRequest.of(Roms.withGop(coffeeLake, older)).setting().lpc())
                .contains(PciId.intel(0xa308));
    }

    @Test
    void every_usual_bridge_is_of_a_platform_that_is_known() {
        assertThat(LpcBridges.table().rows())
                .allMatch(row -> igdrom.knowledge.Knowledge.platform(row.text(0)).isPresent());
    }

    @Test
    void presets_are_put_where_memory_is() {
        TestMachine setting = with(true, true, Optional.empty(), Image.EMPTY).setting();
        assertThat(setting.gpus().getFirst().asls()).isEqualTo(0x1000_0000);
        assertThat(setting.gpus().getFirst().bdsm()).isEqualTo(0x1200_0000);
        assertThat(setting.preset().size()).isEqualTo(0x2000);
        assertThat(setting.opRegion()).isEqualTo(Image.EMPTY);
        assertThat(setting.memoryMiB()).isGreaterThanOrEqualTo(512);
    }

    @Test
    void opregion_that_cannot_get_to_the_guest_is_refused() {
        Image region = Roms.opRegion("HOST");
        assertThatThrownBy(() -> with(false, false, Optional.of(false), region).setting())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "--opregion has no way to the guest: say --fw-cfg on, or --preset-asls");
        assertThat(with(false, false, Optional.of(true), region).setting().opRegion())
                .isEqualTo(region);
    }

    @Test
    void arguments_name_all_parts_of_the_machine() {
        TestMachine setting =
                TestMachine.of(Roms.of(ID, RomData.NONE), IgdModel.of(ID), MachineType.PC)
                        .withLpc(PciId.intel(0x5182))
                        .withFiles(Roms.opRegion("HOST"), 64 << 20, 0x2c00_0000)
                        .withReboot();
        List<String> arguments = QemuCommand.witness(setting, Path.of("/odd,name/CODE.fd"));
        assertThat(arguments)
                .containsSequence("-machine", "pc,memory-backend=ram")
                .containsSequence(
                        "-drive",
                        "if=pflash,format=raw,readonly=on,file=/odd,,name/CODE.fd",
                        "-drive",
                        "if=pflash,format=raw,file=variables.fd")
                .containsSequence(
                        "-device",
                        "{\"driver\":\"vfio-user-pci\",\"addr\":\"02.0\",\"romfile\":\"igd.rom\","
                                + "\"socket\":{\"type\":\"unix\",\"path\":\"gpu0.socket\"}}")
                .containsSequence(
                        "-device",
                        "{\"driver\":\"vfio-user-pci\",\"addr\":\"1f.0\",\"rombar\":0,"
                                + "\"socket\":{\"type\":\"unix\",\"path\":\"lpc.socket\"}}")
                .containsSequence("-fw_cfg", "name=etc/igd-opregion,file=opregion")
                .containsSequence("-fw_cfg", "name=etc/igd-bdsm-size,file=stolen-size")
                .containsSequence("-fw_cfg", "name=etc/igd-stolen-base,file=stolen-base")
                .containsSequence("-kernel", "witness.efi", "-append", "reboot");
    }

    @Test
    void bridge_on_q35_and_three_devices_cannot_be() {
        TestMachine setting = TestRequest.of(Roms.of(ID, RomData.NONE)).setting();
        assertThatThrownBy(() -> setting.withLpc(PciId.intel(0x5182)))
                .hasMessage("q35 has an LPC bridge of its own");
        IgdModel igd = IgdModel.of(ID);
        assertThatThrownBy(() -> setting.withGpus(List.of(igd, igd, igd)))
                .hasMessage("one device or two");
        assertThatThrownBy(() -> setting.withMemory(128)).hasMessage("the firmware needs 256 MiB");
    }

    private static TestRequest with(
            boolean presetAsls, boolean presetBdsm, Optional<Boolean> fwCfg, Image opRegion) {
        return new TestRequest(
                Roms.of(ID, RomData.NONE),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                opRegion,
                fwCfg,
                presetAsls,
                presetBdsm,
                0,
                false);
    }
}
