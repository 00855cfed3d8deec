package igdrom.plan;

import static igdrom.plan.Planned.decision;
import static igdrom.plan.Planned.errors;
import static igdrom.plan.Planned.plan;
import static igdrom.plan.Planned.refused;
import static igdrom.plan.Planned.refusedUnlessAllowed;
import static igdrom.plan.Planned.remedies;
import static igdrom.plan.Planned.warnings;
import static igdrom.plan.TestParts.ADL_N;
import static igdrom.plan.TestParts.METEOR_LAKE;
import static igdrom.plan.TestParts.VBT;
import static igdrom.plan.TestParts.firmware;
import static igdrom.plan.TestParts.gop;
import static igdrom.plan.TestParts.patched;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import igdrom.plan.RomRequest.GopRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class GopChoiceTest {
    private static final RomRequest REQUEST = RomRequest.of(ADL_N);

    @Test
    void best_of_several_gops_is_the_one_that_lists_the_device() {
        Parts parts = firmware(List.of(gop(METEOR_LAKE), gop(ADL_N)), List.of(VBT));
        PlannedGop gop = requireNonNull(plan(REQUEST, parts, null).gop());
        assertThat(gop.gop().deviceIds()).containsExactly(ADL_N);
    }

    @Test
    void gop_that_does_not_list_the_device_is_refused_unless_allowed() {
        Parts parts = firmware(gop(METEOR_LAKE), VBT);
        Plan allowed = refusedUnlessAllowed(Conflict.GOP_DEVICE, REQUEST, parts, null);
        assertThat(warnings(allowed)).containsExactly("GOP 21.0.1066 lists one id, not 46d1");
    }

    @Test
    void gop_for_another_processor_is_refused() {
        Image gop = gop(ADL_N);
        Image ia32 = patched(gop, gop.u32(0x3c) + 4, "4c01");
        assertThat(errors(refused(REQUEST, firmware(ia32, VBT), null)))
                .contains("the GOP is an IA32 program, OVMF starts X64 only");
        assertThat(Planned.conflicts(refused(REQUEST, firmware(ia32, VBT), null)))
                .contains(Conflict.GOP_ARCH);
    }

    @Test
    void gop_that_firmware_cannot_start_is_refused() {
        Image gop = gop(ADL_N);
        Image wild = patched(gop, gop.u32(0x3c) + 0x28, "ffffff00");
        assertThat(errors(refused(REQUEST, firmware(wild, VBT), null)))
                .anyMatch(text ->
                        text.startsWith(
                                "the GOP is damaged, firmware cannot start it:"
                                        + " AddressOfEntryPoint is 0xffffff"));
    }

    @Test
    void file_without_a_gop_is_refused_unless_none_is_wanted() {
        Parts parts = new Parts("bios.bin", List.of(), List.of(), List.of(), null, List.of());
        PlanResult refused = refused(REQUEST, parts, null);
        assertThat(errors(refused)).containsExactly("bios.bin contains no GOP");
        assertThat(remedies(refused)).contains(Remedy.LEAVE_GOP_OUT);
        Plan without =
                plan(REQUEST.withGop(new GopRequest(false, LpcBridgePolicy.AUTO)), parts, null);
        assertThat(without.gop()).isNull();
        assertThat(decision(without, Subject.GOP).reasons())
                .containsExactly(new Reason.Requested(RequestField.WITHOUT_GOP));
    }
}
