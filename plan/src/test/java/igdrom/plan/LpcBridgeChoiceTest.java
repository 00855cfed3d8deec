package igdrom.plan;

import static igdrom.plan.PlanResultTest.ADL_N;
import static igdrom.plan.PlanResultTest.VBT;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.firmware.lpc.LpcEdit;
import igdrom.formats.pci.PciId;
import igdrom.plan.PlanResult.Refused;
import igdrom.samples.SampleGop;
import igdrom.samples.SampleLpc;
import igdrom.testing.Corpus;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LpcBridgeChoiceTest {
    private static final PciId KNOWN = PciId.intel(0x3481);
    private static final PciId UNKNOWN = PciId.intel(0x7a84);
    private static final Image ASKING = gop(SampleLpc.byPorts());

    private static Image gop(Image code) {
        return SampleGop.driver(21, 0, 1066, List.of(ADL_N), code).raw();
    }

    private static RomRequest request(@Nullable GuestMachine machine, LpcBridgePolicy pch) {
        return new RomRequest(
                ADL_N, machine, 0, 0, null, null, false, true, false, null, pch, Set.of());
    }

    private static PlanResult plan(RomRequest request, Image gop) {
        return PlanResult.of(request, PlanResultTest.firmware(gop, VBT), null);
    }

    private static @Nullable LpcEdit edit(PlanResult planning) {
        return requireNonNull(((Plan) planning).gop()).edit();
    }

    private static List<String> words(PlanResult planning) {
        return planning.remarks().stream().map(PlanMessage::words).toList();
    }

    @Test
    void a_gop_for_q35_is_given_the_bridge() {
        PlanResult planning =
                plan(request(GuestMachine.Q35, new LpcBridgePolicy(true, KNOWN)), ASKING);
        assertThat(requireNonNull(edit(planning)).bridge()).isEqualTo(KNOWN);
        assertThat(words(planning))
                .contains("the ROM's GOP works on q35 and on pc, x-igd-lpc is not needed");
        assertThat(((Plan) planning).decisions())
                .filteredOn(decision -> decision.subject().equals("LPC bridge"))
                .singleElement()
                .satisfies(decision -> {
                    assertThat(decision.choice())
                            .matches("8086:3481 Ice Point-LP, put into the GOP at \\+0x\\w+");
                    assertThat(decision.reason()).isEqualTo("--pch");
                });
        PlannedGop gop = requireNonNull(((Plan) planning).gop());
        assertThat(gop.owners()).isEqualTo(ASKING);
        assertThat(gop.program().raw()).isNotEqualTo(ASKING);
    }

    @Test
    void a_gop_for_pc_bhyve_or_no_machine_in_particular_is_left_alone() {
        for (GuestMachine machine : new GuestMachine[] {GuestMachine.PC, GuestMachine.BHYVE}) {
            assertThat(edit(plan(request(machine, LpcBridgePolicy.AUTO), ASKING))).isNull();
        }
        assertThat(edit(plan(request(null, LpcBridgePolicy.AUTO), ASKING))).isNull();
        assertThat(edit(plan(request(null, new LpcBridgePolicy(true, KNOWN)), ASKING))).isNotNull();
    }

    @Test
    void an_unknown_bridge_leaves_the_gop_dark_on_q35_and_says_so() {
        PlanResult planning = plan(request(GuestMachine.Q35, LpcBridgePolicy.AUTO), ASKING);
        assertThat(edit(planning)).isNull();
        assertThat(words(planning))
                .anySatisfy(words ->
                        assertThat(words)
                                .startsWith("on q35 this GOP gives no picture: ")
                                .endsWith("(--pch tells it: lspci -nn -s 1f.0 there)"));
    }

    @Test
    void no_pch_leaves_the_gop_as_it_is() {
        PlanResult planning = plan(request(GuestMachine.Q35, LpcBridgePolicy.NEVER), ASKING);
        assertThat(edit(planning)).isNull();
        assertThat(words(planning))
                .anySatisfy(
                        words -> assertThat(words).startsWith("on q35 this GOP gives no picture"));
    }

    @Test
    void a_pch_that_the_gop_does_not_know_is_refused() {
        PlanResult planning =
                plan(request(GuestMachine.Q35, new LpcBridgePolicy(true, UNKNOWN)), ASKING);
        assertThat(planning).isInstanceOf(Refused.class);
        assertThat(words(planning))
                .contains(
                        "GOP 21.0.1066 does not know your PCH 8086:7a84 Alder Point-S (600 series):"
                                + " it would give no picture on the host either");
    }

    @Test
    void a_gop_that_does_not_look_at_the_bridge_needs_nothing() {
        PlanResult planning =
                plan(request(GuestMachine.Q35, new LpcBridgePolicy(true, KNOWN)), gop(Image.EMPTY));
        assertThat(edit(planning)).isNull();
        assertThat(words(planning)).noneMatch(words -> words.contains("no picture"));
    }

    @Test
    void a_gop_that_asks_and_goes_on_beside_any_bridge_needs_nothing() {
        Image sandyBridge = Corpus.image("gop/mrcb_soc_intel_snb_IntelGopDriver.efi");
        RomRequest request =
                new RomRequest(
                        PciId.intel(0x0126),
                        GuestMachine.Q35,
                        0,
                        0,
                        null,
                        null,
                        false,
                        true,
                        false,
                        null,
                        LpcBridgePolicy.AUTO,
                        Set.of(Conflict.VBT_GENERATION));
        Plan plan = (Plan) plan(request, sandyBridge);
        assertThat(requireNonNull(plan.gop()).edit()).isNull();
        assertThat(plan.gop().needsBridge()).isFalse();
        assertThat(plan.decisions())
                .contains(
                        new Decision(
                                "LPC bridge",
                                "nothing to do",
                                "this GOP asks for it and goes on beside any bridge"));
        assertThat(words(plan)).noneMatch(words -> words.contains("no picture"));
    }

    @Test
    void a_gop_that_is_not_understood_is_refused_when_the_edit_was_asked_for() {
        Image twice = new Emitter().image(SampleLpc.byPorts()).image(SampleLpc.byPorts()).toImage();
        PlanResult asked =
                plan(request(GuestMachine.Q35, new LpcBridgePolicy(true, KNOWN)), gop(twice));
        assertThat(asked).isInstanceOf(Refused.class);
        assertThat(words(asked))
                .contains("the GOP cannot be edited: it reads the id by port I/O at 2 sites");
    }
}
