package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bench.setup.Ovmf;
import igdrom.driver.RomData;
import igdrom.formats.pci.PciId;
import igdrom.virtualigd.IgdModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class QemuCommandTest {
    private static final PciId ID = PciId.intel(0x46a6);
    private static final IgdModel IGD = IgdModel.of(ID);

    @Test
    void arguments_name_all_parts_of_the_machine() {
        TestMachine machine =
                builder(MachineType.PC)
                        .lpc(PciId.intel(0x5182))
                        .files(Roms.opRegion("HOST"), 64 << 20, 0x2c00_0000)
                        .reboot()
                        .build();
        Ovmf firmware = new Ovmf(Path.of("/odd,name/CODE.fd"), Path.of("/VARS.fd"), "");
        List<String> arguments = QemuCommand.witness(machine, firmware);
        assertThat(arguments)
                .containsSequence("-machine", "pc,memory-backend=ram")
                .containsSequence(
                        "-object", "memory-backend-file,id=ram,share=on,mem-path=ram,size=512M")
                .containsSequence(
                        "-drive",
                        "if=pflash,format=raw,readonly=on,file=/odd,,name/CODE.fd",
                        "-drive",
                        "if=pflash,format=raw,file=variables.fd")
                .containsSequence(
                        "-device",
                        "{\"driver\":\"vfio-user-pci\",\"addr\":\"02.0\",\"x-msg-timeout\":60000,\"romfile\":\"igd.rom\","
                            + "\"socket\":{\"type\":\"unix\",\"path\":\"gpu0.socket\"}}")
                .containsSequence(
                        "-device",
                        "{\"driver\":\"vfio-user-pci\",\"addr\":\"1f.0\",\"x-msg-timeout\":60000,\"rombar\":0,"
                            + "\"socket\":{\"type\":\"unix\",\"path\":\"lpc.socket\"}}")
                .containsSequence("-fw_cfg", "name=etc/igd-opregion,file=opregion")
                .containsSequence("-fw_cfg", "name=etc/igd-bdsm-size,file=stolen-size")
                .containsSequence("-fw_cfg", "name=etc/igd-stolen-base,file=stolen-base")
                .containsSequence("-kernel", "witness.efi", "-append", "reboot");
    }

    @Test
    void firmware_that_needs_smm_gets_it_and_owns_its_variables() {
        Ovmf firmware = new Ovmf(Path.of("/CODE.fd"), Path.of("/VARS.fd"), "", /* smm= */ true);
        assertThat(QemuCommand.witness(builder(MachineType.Q35).build(), firmware))
                .containsSequence("-machine", "q35,memory-backend=ram,smm=on")
                .containsSequence("-global", "driver=cfi.pflash01,property=secure,value=on");
    }

    @Test
    void impossible_machines_are_refused() {
        assertThatThrownBy(() -> builder(MachineType.Q35).lpc(PciId.intel(0x5182)).build())
                .hasMessage("q35 has its own LPC bridge");
        assertThatThrownBy(() -> builder(MachineType.Q35).gpus(IGD, IGD, IGD).build())
                .hasMessage("3 devices, expected 1 to 2");
        assertThatThrownBy(() -> builder(MachineType.Q35).memory(128).build())
                .hasMessage("128 MiB of memory, the minimum is 256");
    }

    private static TestMachine.Builder builder(MachineType type) {
        return TestMachine.builder(Roms.of(ID, RomData.NONE), IGD, type);
    }
}
