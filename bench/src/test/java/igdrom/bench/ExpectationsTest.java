package igdrom.bench;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bench.judge.Expectation;
import igdrom.bytes.Image;
import igdrom.driver.RomData;
import igdrom.formats.pci.PciId;
import igdrom.virtualigd.IgdModel;
import java.util.List;
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
    void opregion_of_fw_cfg_is_expected_unless_the_rom_prefers_its_own() {
        Image other = Roms.opRegion("KABYLAKE");
        TestMachine machine = machine(REGION, false).files(other, 64 << 20, 0).build();
        assertThat(opRegion(machine).bytes()).isEqualTo(other);
        TestMachine winning = machine(REGION, true).files(other, 64 << 20, 0).build();
        assertThat(opRegion(winning).bytes()).isEqualTo(REGION);
    }

    /// Nobody reserves its memory: a copy from another source replaces it.
    @Test
    void preset_opregion_is_expected_to_stay_only_when_there_is_no_other() {
        TestMachine alone = preset(Roms.of(COFFEE_LAKE, RomData.NONE), REGION);
        assertThat(opRegion(alone).preset()).isEqualTo(ASLS);
        assertThat(opRegion(alone).source()).isEqualTo("the preset OpRegion");
        RomContents embedding = Roms.of(COFFEE_LAKE, Roms.embedding(REGION, false, 0));
        for (Image region : List.of(REGION, Roms.hostOpRegion("COFFEELAKE"), WITHOUT_VBT)) {
            assertThat(opRegion(preset(embedding, region)).source()).isEqualTo("the ROM");
            assertThat(opRegion(preset(embedding, region)).preset()).isZero();
        }
    }

    @Test
    void no_stolen_memory_is_expected_where_the_hypervisor_offers_none() {
        TestMachine offered = machine(REGION, false).files(REGION, 128 << 20, 0).build();
        assertThat(requireNonNull(Expectations.of(offered).gpus().getFirst().stolen()).size())
                .isEqualTo(128 << 20);
        TestMachine none = offered.toBuilder().withoutBdsm().build();
        assertThat(Expectations.of(none).gpus().getFirst().stolen()).isNull();
        assertThat(none.toBuilder().build()).isEqualTo(none);
    }

    private static TestMachine preset(RomContents rom, Image region) {
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
