package igdrom.plan;

import static igdrom.plan.Planned.conflicts;
import static igdrom.plan.Planned.decision;
import static igdrom.plan.Planned.errors;
import static igdrom.plan.Planned.plan;
import static igdrom.plan.Planned.refused;
import static igdrom.plan.Planned.remedies;
import static igdrom.plan.Planned.texts;
import static igdrom.plan.TestParts.ADL_N;
import static igdrom.plan.TestParts.around;
import static igdrom.plan.TestParts.firmware;
import static igdrom.plan.TestParts.firmwareVbts;
import static igdrom.plan.TestParts.givenOpRegion;
import static igdrom.plan.TestParts.gop;
import static igdrom.plan.TestParts.host;
import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.formats.vbt.DeviceType;
import igdrom.formats.vbt.DvoPort;
import igdrom.formats.vbt.VbtBuilder;
import igdrom.formats.vbt.VbtEdit;
import igdrom.formats.vbt.VbtEditException;
import igdrom.formats.vbt.VbtRepack;
import igdrom.plan.PlanMessage.Severity;
import igdrom.plan.PlanResult.Refused;
import igdrom.plan.RomRequest.VbtRequest;
import igdrom.samples.SampleGop;
import java.util.List;
import org.junit.jupiter.api.Test;

class VbtChoiceTest {
    private static final RomRequest REQUEST = RomRequest.of(ADL_N);
    private static final Location LOCATION = Location.root("vbt");
    private static final Image BOARD = board(250);

    private static RomRequest disabling(String... outputs) {
        return REQUEST.withVbt(new VbtRequest(List.of(outputs), false));
    }

    private static RomRequest repacking() {
        return REQUEST.withVbt(new VbtRequest(List.of(), true));
    }

    /// The first entry is unused, so that a GOP with another size finds no output.
    private static Image board(int bdbVersion) {
        Emitter out = new Emitter();
        new VbtBuilder("ALDERLAKE-P", bdbVersion)
                .device(0x0008, DeviceType.NONE, DvoPort.DP_A, 0, 0)
                .device(0x0010, DeviceType.HDMI, DvoPort.HDMI_B, 2, 0)
                .device(0x0020, DeviceType.DISPLAY_PORT, DvoPort.DP_C, 0, 0x20)
                .build()
                .write(out);
        return out.toImage();
    }

    private static Image without(Image vbt, String... outputs) {
        try {
            return VbtEdit.disable(vbt, List.of(outputs), LOCATION).image();
        } catch (VbtEditException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void disabled_output_is_missing_in_the_opregion_and_the_original_is_kept() {
        Plan plan = plan(disabling("dp-c"), firmware(gop(ADL_N), BOARD), null);
        assertThat(plan.opRegion())
                .isEqualTo(new Part<>(around(without(BOARD, "DP-C")), "bios.bin"));
        assertThat(plan.vbt()).isEqualTo(new PlannedVbt(BOARD, Image.EMPTY));
        assertThat(decision(plan, Subject.VBT))
                .isEqualTo(
                        Decision.of(
                                Subject.VBT,
                                "DP-C switched off, left: HDMI-B",
                                new Reason.Requested(RequestField.DISABLED_OUTPUTS)));
    }

    /// The hypervisor's OpRegion would have the original VBT.
    @Test
    void edited_vbt_comes_before_the_hypervisors() {
        Plan plan = plan(disabling("DP-C"), firmware(gop(ADL_N), BOARD), null);
        assertThat(plan.request().source()).isEqualTo(OpRegionSource.EMBEDDED);
        assertThat(decision(plan, Subject.OPREGION).choice())
                .endsWith("; used even if the hypervisor offers one");
        assertThat(decision(plan, Subject.OPREGION).reasons())
                .contains(new Reason.Requested(RequestField.DISABLED_OUTPUTS));
        assertThat(plan(REQUEST, firmware(gop(ADL_N), BOARD), null).request().source())
                .isEqualTo(OpRegionSource.HYPERVISOR_FIRST);
    }

    @Test
    void vbt_in_an_opregion_is_edited_where_it_is() {
        Image region = around(BOARD);
        Plan plan = plan(disabling("HDMI-B"), givenOpRegion(region), null);
        assertThat(plan.opRegion())
                .isEqualTo(new Part<>(around(without(BOARD, "HDMI-B")), "region.bin"));
        assertThat(plan.vbt().original()).isEqualTo(BOARD);
        Plan ofHost = plan(disabling("HDMI-B"), Parts.NONE, host(ADL_N, region, BOARD));
        assertThat(ofHost.opRegion())
                .isEqualTo(new Part<>(around(without(BOARD, "HDMI-B")), "debugfs"));
    }

    @Test
    void vbt_where_rvda_points_is_edited_there() {
        Image outside =
                new Emitter()
                        .image(around(TestParts.vbt("ALDERLAKE-P")))
                        .patch(0x16, Image.ofHex("0102"))
                        .patch(0x3ba, new Emitter().u64(0x2000).u32(BOARD.size()).toImage())
                        .image(BOARD)
                        .toImage();
        Plan plan = plan(disabling("DP-C"), givenOpRegion(outside), null);
        assertThat(plan.opRegion())
                .isEqualTo(
                        new Part<>(
                                new Emitter()
                                        .image(outside)
                                        .patch(0x2000, without(BOARD, "DP-C"))
                                        .toImage(),
                                "region.bin"));
    }

    @Test
    void output_that_the_vbt_does_not_have_is_refused() {
        Refused refused = refused(disabling("eDP"), firmware(gop(ADL_N), BOARD), null);
        assertThat(errors(refused))
                .containsExactly("bios.bin: the VBT has no output eDP: it has HDMI-B, DP-C");
        assertThat(conflicts(refused)).isEmpty();
    }

    @Test
    void vbt_without_any_output_left_is_refused_for_a_gop() {
        Refused refused = refused(disabling("1", "2"), firmware(gop(ADL_N), BOARD), null);
        assertThat(conflicts(refused)).containsExactly(Conflict.VBT_LAYOUT);
        assertThat(plan(disabling("1", "2"), firmwareVbts(BOARD), null).vbt().original())
                .isEqualTo(BOARD);
    }

    @Test
    void change_without_a_vbt_is_refused() {
        assertThat(errors(refused(disabling("DP-C"), Parts.NONE, null)))
                .contains("no VBT to switch outputs off in");
        Refused refused = refused(repacking(), Parts.NONE, null);
        assertThat(errors(refused)).containsExactly("no VBT to repack");
        assertThat(remedies(refused)).contains(Remedy.GIVE_OPREGION_OR_VBT);
    }

    @Test
    void refusal_of_a_vbt_with_other_entries_offers_to_repack_it() {
        Refused refused = refused(REQUEST, firmware(gop39(), board(256)), null);
        assertThat(conflicts(refused)).containsExactly(Conflict.VBT_LAYOUT);
        assertThat(remedies(refused)).contains(Remedy.REPACK_VBT);
    }

    @Test
    void gop_alone_gets_the_repacked_vbt() throws VbtEditException {
        Image vbt = board(256);
        Plan plan = plan(repacking(), firmware(gop39(), vbt), null);
        assertThat(plan.opRegion()).isEqualTo(new Part<>(around(vbt), "bios.bin"));
        assertThat(plan.request().source()).isEqualTo(OpRegionSource.HYPERVISOR_FIRST);
        assertThat(plan.vbt())
                .isEqualTo(new PlannedVbt(Image.EMPTY, VbtRepack.resize(vbt, 39, LOCATION)));
        assertThat(decision(plan, Subject.VBT))
                .isEqualTo(
                        Decision.of(
                                Subject.VBT,
                                "repacked for the GOP from 40 to 39 bytes per output, BDB 256 to"
                                        + " 255; the OpRegion keeps the original",
                                new Reason.Requested(RequestField.REPACKED_VBT)));
    }

    @Test
    void edited_vbt_is_repacked_without_the_disabled_outputs() throws VbtEditException {
        Image vbt = board(256);
        RomRequest both = REQUEST.withVbt(new VbtRequest(List.of("DP-C"), true));
        Plan plan = plan(both, firmware(gop39(), vbt), null);
        Image edited = without(vbt, "DP-C");
        assertThat(plan.opRegion()).isEqualTo(new Part<>(around(edited), "bios.bin"));
        assertThat(plan.vbt())
                .isEqualTo(new PlannedVbt(vbt, VbtRepack.resize(edited, 39, LOCATION)));
    }

    @Test
    void vbt_that_fits_is_not_repacked() {
        Plan plan = plan(repacking(), firmware(gop39(), BOARD), null);
        assertThat(plan.vbt()).isEqualTo(PlannedVbt.UNCHANGED);
        assertThat(texts(plan, Severity.NOTE))
                .contains("the VBT is not repacked: the GOP reads it as it is");
    }

    @Test
    void vbt_whose_blocks_would_change_is_not_repacked() {
        Emitter newer = new Emitter();
        new VbtBuilder("ALDERLAKE-P", 261)
                .device(0x0008, DeviceType.NONE, DvoPort.DP_A, 0, 0)
                .device(0x0010, DeviceType.HDMI, DvoPort.HDMI_B, 2, 0)
                .block(27, Image.of(new byte[850]))
                .build()
                .write(newer);
        Parts parts = firmware(gop39(), newer.toImage());
        Refused offered = refused(REQUEST, parts, null);
        assertThat(conflicts(offered)).containsExactly(Conflict.VBT_LAYOUT);
        assertThat(remedies(offered)).doesNotContain(Remedy.REPACK_VBT);
        assertThat(errors(refused(repacking(), parts, null)))
                .contains(
                        "the VBT cannot be repacked for GOP 21.0.1066: block 27 (eDP) of BDB 261"
                                + " has another layout than in BDB 255: it changed in BDB 260");
    }

    private static Image gop39() {
        return SampleGop.driver(21, 0, 1066, List.of(ADL_N), SampleGop.outputs(39)).raw();
    }
}
