package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bench.UnsupportedRequestException.Reason;
import igdrom.bytes.Image;
import igdrom.driver.RomData;
import igdrom.formats.pci.PciId;
import igdrom.testing.Corpus;
import igdrom.virtualigd.IgdHost;
import igdrom.virtualigd.IgdModel;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MachineChoiceTest {
    private static final PciId ID = PciId.intel(0x46a6);

    @Test
    void rom_without_an_opregion_is_tested_on_q35_with_the_files_of_qemu() {
        TestMachine machine = Roms.machine(Roms.of(ID, RomData.NONE));
        assertThat(machine.type()).isEqualTo(MachineType.Q35);
        assertThat(machine.lpc()).isEmpty();
        assertThat(machine.gpus()).containsExactly(IgdModel.of(ID));
        assertThat(machine.opRegion().size()).isEqualTo(0x2000);
        assertThat(machine.stolenSize()).hasValue(64 << 20);
        assertThat(machine.memoryMiB()).isEqualTo(512);
    }

    @Test
    void rom_with_an_opregion_is_tested_without_the_files_of_qemu() {
        RomData data = Roms.embedding(Roms.opRegion("MINE"), false, 0);
        TestMachine machine = Roms.machine(Roms.of(ID, data));
        assertThat(machine.opRegion()).isEqualTo(Image.EMPTY);
        assertThat(machine.stolenSize()).isEmpty();
    }

    @Test
    void memory_reaches_the_address_in_the_rom() {
        RomData data = Roms.embedding(Image.EMPTY, false, 0x7000_0000);
        assertThat(Roms.machine(Roms.of(ID, data)).memoryMiB()).isEqualTo(2304);
    }

    @Test
    void gop_that_reads_the_bridge_is_tested_on_pc_with_a_bridge_that_it_accepts() {
        Image gop = Corpus.image("gop/dasharo_novacustom_ns5x_adl_IntelGopDriver.efi");
        TestMachine machine = Roms.machine(Roms.withGop(ID, gop));
        assertThat(machine.type()).isEqualTo(MachineType.PC);
        assertThat(machine.lpc()).contains(PciId.intel(0x5182));
        Image older = Corpus.image("gop/mrcb_soc_intel_cml_IntelGopDriver.efi");
        PciId coffeeLake = PciId.intel(0x3e92);
        assertThat(Roms.machine(Roms.withGop(coffeeLake, older)).lpc())
                .contains(PciId.intel(0xa308));
    }

    @Test
    void presets_are_within_memory() {
        TestMachine machine = Roms.machine(request(true, true, Optional.empty(), Optional.empty()));
        assertThat(machine.gpus().getFirst().asls()).isEqualTo(0x1000_0000);
        assertThat(machine.gpus().getFirst().bdsm()).isEqualTo(0x1200_0000);
        assertThat(machine.preset().size()).isEqualTo(0x2000);
        assertThat(machine.opRegion()).isEqualTo(Image.EMPTY);
        assertThat(machine.memoryMiB()).isGreaterThanOrEqualTo(512);
    }

    @Test
    void opregion_that_is_not_passed_to_the_guest_is_refused() {
        Optional<Image> region = Optional.of(Roms.opRegion("HOST"));
        refuses(request(false, false, Optional.of(false), region), new Reason.OpRegionNotPassed());
        assertThat(Roms.machine(request(false, false, Optional.of(true), region)).opRegion())
                .isEqualTo(region.get());
    }

    @Test
    void bridge_on_q35_is_refused() {
        refuses(
                new TestRequest(
                        Roms.of(ID, RomData.NONE),
                        Optional.empty(),
                        Optional.of(MachineType.Q35),
                        Optional.of(PciId.intel(0x5182)),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        false,
                        Optional.empty(),
                        false,
                        TestRequest.Host.EMULATED),
                new Reason.LpcOnQ35());
    }

    @Test
    void raw_machine_has_the_hosts_values_and_no_files_of_the_hypervisor() {
        TestMachine machine = Roms.machine(raw(IgdHost.Registers.LOCKED, Optional.empty()));
        assertThat(machine.gpus().getFirst().asls()).isEqualTo(0x7ab1_2018L);
        assertThat(machine.gpus().getFirst().bdsm()).isEqualTo(0x7c00_0001L);
        assertThat(machine.opRegion()).isEqualTo(Image.EMPTY);
        assertThat(machine.stolenSize()).isEmpty();
        TestMachine unlocked =
                Roms.machine(raw(IgdHost.Registers.UNLOCKED, Optional.of(0x8000_0000L)));
        assertThat(unlocked.gpus().getFirst().bdsm()).isEqualTo(0x8000_0000L);
    }

    @Test
    void presets_on_a_raw_machine_are_refused() {
        TestRequest preset =
                request(true, false, Optional.empty(), Optional.empty())
                        .withHost(
                                new TestRequest.Host(
                                        IgdHost.Registers.LOCKED, false, Optional.empty()));
        refuses(preset, new Reason.PresetOnRaw());
    }

    @Test
    void virtual_function_has_no_register_that_a_preset_could_be_in() {
        TestRequest.Host virtual =
                new TestRequest.Host(IgdHost.Registers.ABSENT, false, Optional.empty());
        refuses(
                request(true, false, Optional.empty(), Optional.empty()).withHost(virtual),
                new Reason.PresetOnRaw());
        TestMachine machine =
                Roms.machine(
                        TestRequest.of(Roms.of(PciId.intel(0x46a6), RomData.NONE))
                                .withHost(virtual));
        assertThat(machine.opRegion().isEmpty()).isTrue();
        assertThat(machine.stolenSize()).isEmpty();
        assertThat(machine.gpus().getFirst().stolenSize()).isZero();
    }

    @Test
    void stolen_memory_of_the_host_is_where_the_rom_expects_it() {
        RomContents rom = Roms.of(ID, Roms.embedding(Image.EMPTY, false, 0x2c00_0000));
        assertThat(Roms.machine(rom).gpus().getFirst().host().stolenBase()).isEqualTo(0x2c00_0000);
        TestRequest other =
                TestRequest.of(rom)
                        .withHost(
                                new TestRequest.Host(
                                        IgdHost.Registers.EMULATED,
                                        true,
                                        Optional.of(0x8000_0000L)));
        IgdHost host = Roms.machine(other).gpus().getFirst().host();
        assertThat(host.stolenBase()).isEqualTo(0x8000_0000L);
        assertThat(host.dirty()).isTrue();
    }

    private static TestRequest raw(IgdHost.Registers registers, Optional<Long> base) {
        return request(false, false, Optional.empty(), Optional.empty())
                .withHost(new TestRequest.Host(registers, false, base));
    }

    @Test
    void rom_for_an_unknown_device_is_refused() {
        PciId other = new PciId(0x1234, 0x5678);
        refuses(TestRequest.of(Roms.of(other, RomData.NONE)), new Reason.UnknownDevice(other));
    }

    @Test
    void rom_is_tested_on_the_machine_that_it_was_built_for() {
        TestMachine q35 = Roms.machine(builtFor(0, RomData.Target.Q35));
        assertThat(q35.type()).isEqualTo(MachineType.Q35);
        assertThat(q35.origin().asBuilt()).isTrue();
        TestMachine pc = Roms.machine(builtFor(0, RomData.Target.PC));
        assertThat(pc.type()).isEqualTo(MachineType.PC);
        assertThat(Roms.machine(builtFor(0, RomData.Target.PC, RomData.Target.Q35)).type())
                .isEqualTo(MachineType.Q35);
        assertThat(Roms.machine(Roms.of(ID, RomData.NONE)).origin().asBuilt()).isFalse();
    }

    @Test
    void gop_that_reads_the_bridge_stays_on_q35_when_its_rom_was_built_for_that() {
        Image gop = Corpus.image("gop/mrcb_soc_intel_cml_IntelGopDriver.efi");
        PciId coffeeLake = PciId.intel(0x3e92);
        RomContents rom = Roms.withGop(coffeeLake, gop, data(0, RomData.Target.Q35));
        assertThat(Roms.machine(rom).type()).isEqualTo(MachineType.Q35);
        RomContents pc = Roms.withGop(coffeeLake, gop, data(0xa303, RomData.Target.PC));
        assertThat(Roms.machine(pc).type()).isEqualTo(MachineType.PC);
        assertThat(Roms.machine(pc).lpc()).contains(PciId.intel(0xa303));
    }

    @Test
    void rom_for_bhyve_is_tested_beside_the_bridge_of_bhyve() {
        TestMachine machine = Roms.machine(builtFor(0, RomData.Target.BHYVE));
        assertThat(machine.type()).isEqualTo(MachineType.PC);
        assertThat(machine.lpc()).contains(PciId.intel(0x7000));
        assertThat(machine.origin().asBuilt()).isTrue();
    }

    @Test
    void what_is_made_up_is_listed() {
        assertThat(Roms.machine(TestRequest.of(Roms.of(ID, RomData.NONE))).origin().assumptions())
                .containsExactly(
                        "machine q35: the ROM does not say what it was built for",
                        "an OpRegion with a VBT for one HDMI output, named ALDER LAKE-P, which the"
                                + " hypervisor offers to the guest: the ROM has none");
        RomData data = Roms.embedding(Roms.opRegion("MINE"), false, 0);
        assertThat(Roms.machine(Roms.of(ID, data)).origin().assumptions())
                .containsExactly("machine q35: the ROM does not say what it was built for");
        Image gop = Corpus.image("gop/mrcb_soc_intel_cml_IntelGopDriver.efi");
        TestMachine machine = Roms.machine(TestRequest.of(Roms.withGop(PciId.intel(0x3e92), gop)));
        assertThat(machine.origin().assumptions())
                .contains(
                        "machine pc: the ROM does not say what it was built for",
                        "LPC bridge 8086:a308, usual with 8086:3e92");
        assertThat(machine.origin().vbtMadeUp()).isTrue();
        assertThat(Roms.machine(Roms.withGop(PciId.intel(0x3e92), gop)).origin().vbtMadeUp())
                .as("the user says that the hypervisor offers one")
                .isFalse();
    }

    private static RomContents builtFor(int lpc, RomData.Target... targets) {
        return Roms.of(ID, data(lpc, targets));
    }

    private static RomData data(int lpc, RomData.Target... targets) {
        return RomData.NONE.withBuiltFor(
                new RomData.BuiltFor(
                        Set.of(targets), ID.device(), lpc, RomData.OpRegionOrigin.NONE));
    }

    private static void refuses(TestRequest request, Reason reason) {
        assertThatThrownBy(() -> MachineChoice.of(request))
                .isInstanceOfSatisfying(
                        UnsupportedRequestException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static TestRequest request(
            boolean presetAsls,
            boolean presetBdsm,
            Optional<Boolean> fwCfg,
            Optional<Image> opRegion) {
        return new TestRequest(
                Roms.of(ID, RomData.NONE),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                opRegion,
                fwCfg,
                presetAsls,
                presetBdsm,
                Optional.empty(),
                false,
                TestRequest.Host.EMULATED);
    }
}
