package igdrom.plan;

import static igdrom.plan.Planned.conflicts;
import static igdrom.plan.Planned.decision;
import static igdrom.plan.Planned.errors;
import static igdrom.plan.Planned.plan;
import static igdrom.plan.Planned.refused;
import static igdrom.plan.Planned.remedies;
import static igdrom.plan.Planned.warnings;
import static igdrom.plan.TestParts.ADL_N;
import static igdrom.plan.TestParts.VBT;
import static igdrom.plan.TestParts.firmware;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.firmware.lpc.LpcEdit;
import igdrom.formats.pci.PciId;
import igdrom.plan.PlanMessage.Severity;
import igdrom.plan.RomRequest.GopRequest;
import igdrom.samples.SampleGop;
import igdrom.samples.SampleLpc;
import igdrom.testing.Corpus;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LpcBridgeChoiceTest {
    private static final LpcBridgePolicy SUPPORTED = new LpcBridgePolicy(true, PciId.intel(0x3481));
    private static final LpcBridgePolicy UNSUPPORTED =
            new LpcBridgePolicy(true, PciId.intel(0x7a84));
    private static final Image READS_BRIDGE = gop(SampleLpc.byPorts());

    @Test
    void gop_for_q35_is_given_the_bridge() {
        Plan plan = plan(request(GuestMachine.Q35, SUPPORTED), parts(READS_BRIDGE), null);
        assertThat(requireNonNull(edit(plan)).bridge()).isEqualTo(SUPPORTED.bridge());
        assertThat(Planned.texts(plan, Severity.NOTE))
                .contains("the ROM's GOP works on q35 and on pc, x-igd-lpc is not needed");
        Decision decision = decision(plan, Subject.LPC_BRIDGE);
        assertThat(decision.choice())
                .matches("8086:3481 Ice Point-LP, put into the GOP at \\+0x\\w+");
        assertThat(decision.reasons())
                .containsExactly(new Reason.Requested(RequestField.LPC_BRIDGE));
        PlannedGop gop = requireNonNull(plan.gop());
        assertThat(gop.original()).isEqualTo(READS_BRIDGE);
        assertThat(gop.program().raw()).isNotEqualTo(READS_BRIDGE);
    }

    @Test
    void gop_for_other_machines_is_edited_on_request_only() {
        for (GuestMachine machine : new GuestMachine[] {GuestMachine.PC, GuestMachine.BHYVE}) {
            Plan plan = plan(request(machine, LpcBridgePolicy.AUTO), parts(READS_BRIDGE), null);
            assertThat(edit(plan)).isNull();
            assertThat(decision(plan, Subject.LPC_BRIDGE).reasons())
                    .containsExactly(
                            new Reason.Default("needed on q35 only", RequestField.LPC_BRIDGE));
        }
        RomRequest request = request(null, LpcBridgePolicy.AUTO);
        assertThat(edit(plan(request, parts(READS_BRIDGE), null))).isNull();
        assertThat(edit(plan(request(null, SUPPORTED), parts(READS_BRIDGE), null))).isNotNull();
    }

    @Test
    void unknown_bridge_means_no_picture_on_q35() {
        Plan plan =
                plan(request(GuestMachine.Q35, LpcBridgePolicy.AUTO), parts(READS_BRIDGE), null);
        assertThat(edit(plan)).isNull();
        assertThat(warnings(plan))
                .singleElement()
                .satisfies(text ->
                        assertThat(text)
                                .startsWith("on q35 this GOP gives no picture: ")
                                .endsWith("; the id of the host's bridge is not known"));
        assertThat(remedies(plan)).contains(Remedy.GIVE_LPC_BRIDGE);
    }

    @Test
    void gop_stays_unedited_when_that_is_requested() {
        Plan plan =
                plan(request(GuestMachine.Q35, LpcBridgePolicy.NEVER), parts(READS_BRIDGE), null);
        assertThat(edit(plan)).isNull();
        assertThat(decision(plan, Subject.LPC_BRIDGE).reasons())
                .containsExactly(new Reason.Requested(RequestField.UNEDITED_GOP));
        assertThat(warnings(plan))
                .singleElement()
                .satisfies(text -> assertThat(text).startsWith("on q35 this GOP gives no picture"));
    }

    @Test
    void pch_that_the_gop_does_not_support_is_refused() {
        PlanResult result =
                refused(request(GuestMachine.Q35, UNSUPPORTED), parts(READS_BRIDGE), null);
        assertThat(conflicts(result)).containsExactly(Conflict.GOP_PCH);
        assertThat(errors(result))
                .containsExactly(
                        "GOP 21.0.1066 does not support the PCH 8086:7a84 Alder Point-S (600"
                                + " series): it would give no picture on the host either");
    }

    @Test
    void gop_that_does_not_read_the_bridges_id_stays_unedited() {
        Plan plan = plan(request(GuestMachine.Q35, SUPPORTED), parts(gop(Image.EMPTY)), null);
        assertThat(edit(plan)).isNull();
        assertThat(decision(plan, Subject.LPC_BRIDGE).reasons())
                .containsExactly(new Reason.Because("this GOP does not read the bridge's id"));
        assertThat(warnings(plan)).isEmpty();
    }

    @Test
    void gop_that_works_with_any_bridge_stays_unedited() {
        Image sandyBridge = Corpus.image("gop/mrcb_soc_intel_snb_IntelGopDriver.efi");
        RomRequest request =
                RomRequest.of(PciId.intel(0x0126))
                        .withMachine(GuestMachine.Q35)
                        .withAllowed(Set.of(Conflict.VBT_GENERATION));
        Plan plan = plan(request, parts(sandyBridge), null);
        assertThat(edit(plan)).isNull();
        assertThat(requireNonNull(plan.gop()).needsBridge()).isFalse();
        assertThat(decision(plan, Subject.LPC_BRIDGE).reasons())
                .containsExactly(new Reason.Because("this GOP works with any bridge"));
        assertThat(warnings(plan)).noneMatch(text -> text.contains("no picture"));
    }

    @Test
    void gop_that_cannot_be_edited_is_refused_when_the_edit_was_requested() {
        Image twice = new Emitter().image(SampleLpc.byPorts()).image(SampleLpc.byPorts()).toImage();
        PlanResult result = refused(request(GuestMachine.Q35, SUPPORTED), parts(gop(twice)), null);
        assertThat(errors(result))
                .containsExactly(
                        "the GOP cannot be edited: it reads the id by port I/O at 2 sites");
    }

    private static Image gop(Image code) {
        return SampleGop.driver(21, 0, 1066, List.of(ADL_N), code).raw();
    }

    private static Parts parts(Image gop) {
        return firmware(gop, VBT);
    }

    private static RomRequest request(@Nullable GuestMachine machine, LpcBridgePolicy bridge) {
        return RomRequest.of(ADL_N).withMachine(machine).withGop(new GopRequest(true, bridge));
    }

    private static @Nullable LpcEdit edit(Plan plan) {
        return requireNonNull(plan.gop()).edit();
    }
}
