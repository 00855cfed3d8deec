package igdrom.virtualigd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.formats.pci.PciId;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Platform;
import org.junit.jupiter.api.Test;

class IgdModelTest {
    @Test
    void control_register_encodes_64_mib_on_every_platform() {
        for (Platform platform : Knowledge.platforms()) {
            IgdModel model = IgdModel.of(PciId.intel(0x1234), platform);
            assertThat(model.stolenSize()).as(platform.name()).isEqualTo(64L << 20);
        }
        assertThat(IgdModel.of(PciId.of("8086:0126")).ggc()).isEqualTo(0x0210);
        assertThat(IgdModel.of(PciId.of("8086:46a6")).ggc()).isEqualTo(0x02c0);
        assertThat(IgdModel.of(PciId.of("8086:46a6")).withStolenMiB(60).ggc()).isEqualTo(0xfec0);
    }

    @Test
    void invalid_models_are_refused() {
        PciId meteorLake = PciId.of("8086:7d55");
        assertThatThrownBy(() -> IgdModel.of(PciId.of("8086:1234")))
                .hasMessage("8086:1234 is not a known IGD");
        assertThatThrownBy(() -> IgdModel.of(meteorLake).withPresets(0, 1))
                .hasMessage("MTL has no BDSM register");
        assertThatThrownBy(() -> IgdModel.of(meteorLake).withPresets(1L << 32, 0))
                .hasMessage("a value of 8086:7d55 exceeds its register");
        assertThatThrownBy(() -> IgdModel.of(meteorLake).withStolenMiB(1))
                .hasMessage("GGC cannot encode 1 MiB of stolen memory");
    }
}
