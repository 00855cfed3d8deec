package igdrom.plan.vm;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.formats.pci.PciId;
import igdrom.knowledge.Device;
import igdrom.knowledge.Knowledge;
import org.junit.jupiter.api.Test;

class GpuKindTest {
    /// A Kaby Lake for QEMU, an Amber Lake for Intel.
    private static final PciId AMBER_LAKE_Y = PciId.intel(0x591c);

    @Test
    void platforms_with_a_legacy_mode_are_those_that_qemu_takes_for_generations_6_to_9() {
        for (Device device : Knowledge.devices()) {
            if (!device.id().equals(AMBER_LAKE_Y)) {
                Integer generation = GpuKind.generationOf(device.id());
                assertThat(Knowledge.passthrough(device.platform()).hasLegacyMode())
                        .as("%s, %s", device.id(), device.platform().codename())
                        .isEqualTo(generation != null && generation >= 6 && generation <= 9);
            }
        }
    }
}
