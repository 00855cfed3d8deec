package igdrom.bench;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bench.judge.Expectation;
import igdrom.bytes.Image;
import igdrom.driver.RomData;
import igdrom.formats.pci.PciId;
import igdrom.virtualigd.IgdModel;
import org.junit.jupiter.api.Test;

class ExpectationsTest {
    private static final PciId COFFEE_LAKE = PciId.intel(0x3e92);
    private static final Image REGION = Roms.opRegion("COFFEELAKE");
    private static final Image WITHOUT_VBT = Roms.opRegionWithoutVbt();
    private static final long ASLS = 0x1000_0000;

    @Test
    void truncated_vbt_after_rvda_is_expected_to_be_dropped_as_the_driver_drops_it() {
        Expectation.OpRegion expected =
                opRegion(machine(Roms.truncatedVbt("COFFEELAKE"), false).build());
        assertThat(expected.bytes()).isEqualTo(WITHOUT_VBT);
        assertThat(expected.vbt()).isEqualTo(Image.EMPTY);
    }

    @Test
    void opregion_of_fw_cfg_without_a_vbt_is_not_expected_when_the_rom_has_one() {
        TestMachine machine = machine(REGION, false).files(WITHOUT_VBT, 64 << 20, 0).build();
        assertThat(opRegion(machine).source()).isEqualTo("the ROM");
        assertThat(opRegion(machine).bytes()).isEqualTo(REGION);
    }

    @Test
    void opregion_of_fw_cfg_is_expected_unless_the_embedded_one_wins() {
        Image other = Roms.opRegion("KABYLAKE");
        TestMachine machine = machine(REGION, false).files(other, 64 << 20, 0).build();
        assertThat(opRegion(machine).bytes()).isEqualTo(other);
        TestMachine winning = machine(REGION, true).files(other, 64 << 20, 0).build();
        assertThat(opRegion(winning).bytes()).isEqualTo(REGION);
    }

    @Test
    void preset_opregion_is_expected_to_stay_only_when_the_driver_keeps_it() {
        assertThat(opRegion(preset(REGION)).preset()).isEqualTo(ASLS);
        assertThat(opRegion(preset(REGION)).source()).isEqualTo("the preset OpRegion");
        Image hosts = Roms.hostOpRegion("COFFEELAKE");
        assertThat(opRegion(preset(hosts)).preset()).isZero();
        assertThat(opRegion(preset(hosts)).source()).isEqualTo("the ROM");
        assertThat(opRegion(preset(WITHOUT_VBT)).source()).isEqualTo("the ROM");
    }

    private static TestMachine preset(Image region) {
        RomContents rom = Roms.of(COFFEE_LAKE, Roms.embedding(REGION, false, 0));
        IgdModel model = IgdModel.of(COFFEE_LAKE).withPresets(ASLS, 0);
        return TestMachine.builder(rom, model, MachineType.PC).preset(region).build();
    }

    private static TestMachine.Builder machine(Image embedded, boolean wins) {
        RomData data = Roms.embedding(embedded, wins, 0);
        return TestMachine.builder(
                Roms.of(COFFEE_LAKE, data), IgdModel.of(COFFEE_LAKE), MachineType.PC);
    }

    private static Expectation.OpRegion opRegion(TestMachine machine) {
        return requireNonNull(Expectations.of(machine).gpus().getFirst().opRegion());
    }
}
