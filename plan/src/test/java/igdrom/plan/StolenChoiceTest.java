package igdrom.plan;

import static igdrom.plan.Planned.conflicts;
import static igdrom.plan.Planned.errors;
import static igdrom.plan.Planned.plan;
import static igdrom.plan.Planned.refused;
import static igdrom.plan.Planned.refusedUnlessAllowed;
import static igdrom.plan.Planned.warnings;
import static igdrom.plan.TestParts.ADL_N;
import static igdrom.plan.TestParts.METEOR_LAKE;
import static igdrom.plan.TestParts.host;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StolenChoiceTest {
    @Test
    void meteor_lake_has_no_stolen_memory_in_a_guest() {
        RomRequest request = RomRequest.of(METEOR_LAKE).withStolen(0x7c80_0000L, null);
        Plan plan = plan(request, Parts.NONE, null);
        assertThat(plan.stolen()).isEqualTo(new StolenMemory(0, 0));
        assertThat(warnings(plan))
                .containsExactly(
                        "the requested stolen memory has no effect: Meteor Lake needs none in a"
                                + " guest");
    }

    @Test
    void requested_base_above_low_memory_is_refused_unless_allowed() {
        RomRequest q35 = requested(GuestMachine.Q35, 0x8c80_0000L);
        assertThat(errors(refused(q35, Parts.NONE, null)))
                .containsExactly(
                        "stolen memory at 0x8c800000 ends above the low memory of q35 when the"
                                + " guest has 2.75 GiB or more: not possible");
        assertThat(refusedUnlessAllowed(Conflict.STOLEN_BASE, q35, Parts.NONE, null).stolen())
                .isEqualTo(new StolenMemory(0x8c80_0000L, 0));
        Plan pc = plan(requested(GuestMachine.PC, 0x8c80_0000L), Parts.NONE, null);
        assertThat(pc.stolen().base()).isEqualTo(0x8c80_0000L);
        assertThat(warnings(pc)).isEmpty();
    }

    @Test
    void hosts_own_base_above_low_memory_is_a_warning() {
        RomRequest request = RomRequest.of(ADL_N).withMachine(GuestMachine.Q35);
        assertThat(warnings(plan(request, Parts.NONE, host(ADL_N))))
                .containsExactly(
                        "stolen memory at 0x7c800000 ends above the low memory of q35 when the"
                                + " guest has 2.75 GiB or more: not possible; the driver uses the"
                                + " highest free address instead");
    }

    @Test
    void base_above_all_guest_memory_is_refused_unless_allowed() {
        RomRequest chipset = requested(null, 0xfff0_0000L);
        assertThat(errors(refused(chipset, Parts.NONE, null)))
                .containsExactly(
                        "stolen memory at 0xfff00000 ends above 0xfec00000, where guests have no"
                                + " memory");
        assertThat(
                        refusedUnlessAllowed(Conflict.STOLEN_BASE, chipset, Parts.NONE, null)
                                .stolen()
                                .base())
                .isEqualTo(0xfff0_0000L);
    }

    @Test
    void low_memory_of_each_machine_is_the_limit() {
        assertThat(
                        conflicts(
                                refused(
                                        requested(GuestMachine.BHYVE, 0xf000_0000L),
                                        Parts.NONE,
                                        null)))
                .containsExactly(Conflict.STOLEN_BASE);
        assertThat(errors(refused(requested(GuestMachine.PC, 0xf000_0000L), Parts.NONE, null)))
                .containsExactly(
                        "stolen memory at 0xf0000000 ends above the low memory of pc when the"
                                + " guest has 3.5 GiB or more: not possible without"
                                + " max-ram-below-4g");
        assertThat(warnings(plan(requested(null, 0xf000_0000L), Parts.NONE, null)))
                .containsExactly(
                        "stolen memory at 0xf0000000 ends above 3 GiB: possible only on pc with"
                                + " max-ram-below-4g; otherwise the driver uses the highest free"
                                + " address");
        assertThat(plan(requested(GuestMachine.BHYVE, 0xbff0_0000L), Parts.NONE, null).messages())
                .isEmpty();
    }

    @Test
    void base_that_only_pc_can_provide_is_a_warning_for_a_rom_for_both_machines() {
        assertThat(warnings(plan(requested(null, 0x8c80_0000L), Parts.NONE, null)))
                .containsExactly(
                        "stolen memory at 0x8c800000 ends above the low memory of q35 when the"
                                + " guest has 2.75 GiB or more: not possible; there the driver"
                                + " uses the highest free address");
    }

    @Test
    void size_that_the_register_cannot_encode_is_a_warning() {
        assertThat(plan(sized(96), Parts.NONE, null).messages()).isEmpty();
        assertThat(warnings(plan(sized(97), Parts.NONE, null)))
                .containsExactly(
                        "GGC cannot encode 97 MiB on Alder Lake-N, Twin Lake: the guest uses the"
                                + " size in GGC instead");
    }

    @Test
    void impossible_stolen_memory_is_refused() {
        assertThat(errors(refused(requested(null, 0x7c80_0001), Parts.NONE, null)))
                .containsExactly(
                        "base 0x7c800001 and size 0x0 of stolen memory are not multiples of 1 MiB");
        assertThat(errors(refused(requested(null, 0x1_0010_0000L), Parts.NONE, null)))
                .containsExactly(
                        "stolen memory of 0x0 bytes at 0x100100000 does not end below 4 GiB");
        assertThat(errors(refused(sized(4096), Parts.NONE, null)))
                .containsExactly(
                        "stolen memory of 0x100000000 bytes at 0x78000000 does not end below 4"
                                + " GiB");
        assertThat(errors(refused(sized(2400), Parts.NONE, null)))
                .containsExactly(
                        "stolen memory of 0x96000000 bytes at 0x78000000 does not end below 4 GiB");
    }

    private static RomRequest requested(@Nullable GuestMachine machine, long base) {
        return RomRequest.of(ADL_N).withMachine(machine).withStolen(base, null);
    }

    private static RomRequest sized(long mebibytes) {
        return RomRequest.of(ADL_N).withStolen(0x7800_0000L, mebibytes << 20);
    }
}
