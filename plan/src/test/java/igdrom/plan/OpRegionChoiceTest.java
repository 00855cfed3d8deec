package igdrom.plan;

import static igdrom.plan.Planned.conflicts;
import static igdrom.plan.Planned.decision;
import static igdrom.plan.Planned.errors;
import static igdrom.plan.Planned.plan;
import static igdrom.plan.Planned.refused;
import static igdrom.plan.Planned.refusedUnlessAllowed;
import static igdrom.plan.Planned.remedies;
import static igdrom.plan.Planned.warnings;
import static igdrom.plan.TestParts.ADL_N;
import static igdrom.plan.TestParts.VBT;
import static igdrom.plan.TestParts.around;
import static igdrom.plan.TestParts.firmware;
import static igdrom.plan.TestParts.firmwareVbts;
import static igdrom.plan.TestParts.givenOpRegion;
import static igdrom.plan.TestParts.givenVbt;
import static igdrom.plan.TestParts.gop;
import static igdrom.plan.TestParts.host;
import static igdrom.plan.TestParts.hostWithVbtOnly;
import static igdrom.plan.TestParts.patched;
import static igdrom.plan.TestParts.readFrom;
import static igdrom.plan.TestParts.vbt;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.formats.opregion.OpRegion;
import igdrom.formats.pci.PciId;
import igdrom.formats.vbt.DeviceType;
import igdrom.formats.vbt.DvoPort;
import igdrom.formats.vbt.VbtBuilder;
import igdrom.plan.PlanResult.Refused;
import igdrom.samples.SampleGop;
import igdrom.testing.Bruises;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpRegionChoiceTest {
    private static final RomRequest REQUEST = RomRequest.of(ADL_N);

    @Test
    void vbt_of_another_family_is_refused_unless_allowed() {
        Parts parts = firmware(gop(ADL_N), vbt("TIGERLAKE"));
        Plan allowed = refusedUnlessAllowed(Conflict.VBT_GENERATION, REQUEST, parts, null);
        assertThat(warnings(allowed))
                .containsExactly(
                        "the VBT of bios.bin is for TIGERLAKE (Tiger Lake, Alder Lake-S, Raptor"
                                + " Lake-S), the device is Alder Lake-N, Twin Lake");
        assertThat(allowed.opRegion()).isNotNull();
    }

    @Test
    void vbt_is_taken_on_the_boards_that_its_family_was_seen_on_only() {
        assertThat(familyErrors("TIGERLAKE", 0x4680)).isEmpty();
        assertThat(familyErrors("TIGERLAKE", 0xa780)).isEmpty();
        assertThat(familyErrors("ALDERLAKE-P", 0xa7a0)).isEmpty();
        assertThat(familyErrors("A NAME OF TODAY", 0x46d1)).isEmpty();
        assertThat(familyErrors("JASPERLAKE", 0x8a52))
                .containsExactly(
                        "the VBT of bios.bin is for JASPERLAKE (Jasper Lake, Elkhart Lake), the"
                                + " device is Ice Lake");
        assertThat(familyErrors("PANTHERLAKE", 0xd740))
                .containsExactly(
                        "the VBT of bios.bin is for PANTHERLAKE (Panther Lake), the device is Nova"
                                + " Lake-S");
        assertThat(familyErrors("DASH G2", 0x46a6))
                .containsExactly(
                        "the VBT of bios.bin is for DASH G2 (graphics that igdrom does not handle),"
                                + " the device is Alder Lake-P");
        assertThat(familyErrors("SNB/IVB-DESKTOP", 0x0166))
                .containsExactly(
                        "the VBT of bios.bin is for SNB/IVB-DESKTOP (Sandy Bridge on desktop"
                                + " boards, Ivy Bridge on desktop boards), the device is Ivy"
                                + " Bridge");
    }

    private static List<String> familyErrors(String platform, int device) {
        RomRequest request = RomRequest.of(PciId.intel(device));
        Parts parts = firmwareVbts(vbt(platform));
        return Planner.plan(request, parts, null) instanceof Refused refused
                ? errors(refused)
                : List.of();
    }

    @Test
    void vbt_of_the_very_machine_is_taken_with_any_name() {
        Image unusual = vbt("TIGERLAKE");
        Plan plan = plan(RomRequest.of(null), Parts.NONE, host(ADL_N, around(unusual), unusual));
        assertThat(plan.messages())
                .extracting(PlanMessage::text)
                .contains(
                        "the VBT of debugfs is for TIGERLAKE (Tiger Lake, Alder Lake-S, Raptor"
                                + " Lake-S), the device is Alder Lake-N, Twin Lake; taken all the"
                                + " same, since it is this machine's");
        Parts given = givenVbt(unusual);
        assertThat(errors(refused(REQUEST, given, host(ADL_N)))).hasSize(1);
    }

    @Test
    void vbt_without_readable_outputs_is_refused_unless_allowed() {
        assertThat(layoutWarning(firmware(gop(ADL_N), Defects.childrenZeroed(VBT))))
                .isEqualTo(
                        "no outputs can be read from the VBT of bios.bin: its only entry for an"
                            + " output is unused; GOP 21.0.1066 hangs the guest with such a VBT");
        assertThat(layoutWarning(firmware(gop(ADL_N), Defects.blocksZeroed(VBT))))
                .isEqualTo(
                        "no outputs can be read from the VBT of bios.bin: block 2, which lists the"
                                + " outputs, is missing; GOP 21.0.1066 hangs the guest with such a"
                                + " VBT");
        assertThat(layoutWarning(firmware(gop(ADL_N), Defects.childSize(VBT, 0))))
                .isEqualTo(
                        "no outputs can be read from the VBT of bios.bin: ChildDeviceSize is 0, it"
                                + " is from 22 to 64 in all VBTs; GOP 21.0.1066 draws all the same,"
                                + " but the guest's driver finds no display");
        assertThat(layoutWarning(firmware(gop(ADL_N), Defects.childSize(VBT, 255))))
                .contains("ChildDeviceSize is 255");
        assertThat(layoutWarning(firmware(gop(ADL_N), Defects.definitionsSize(VBT, 0xffff))))
                .contains("block 2 is truncated: it has 0x10002 bytes, 0x2f are left");
    }

    @Test
    void gop_that_was_not_seen_with_such_a_vbt_may_hang_the_guest() {
        Image gop = SampleGop.driver(99, 0, 1, List.of(ADL_N)).raw();
        assertThat(layoutWarning(firmware(gop, Defects.childrenZeroed(VBT))))
                .endsWith("; some GOPs hang the guest with such a VBT");
    }

    @Test
    void vbt_without_readable_outputs_is_a_warning_where_the_gop_gives_up() {
        Image gop = SampleGop.driver(9, 0, 1080, List.of(ADL_N)).raw();
        Plan plan = plan(REQUEST, firmware(gop, Defects.childrenZeroed(VBT)), null);
        assertThat(warnings(plan))
                .contains(
                        "no outputs can be read from the VBT of bios.bin: its only entry for an"
                                + " output is unused; GOP 9.0.1080 gives up: no picture until the"
                                + " guest's own driver starts");
        assertThat(layoutWarning(firmware(gop, Defects.blocksZeroed(VBT))))
                .endsWith("; GOP 9.0.1080 hangs the guest with such a VBT");
    }

    @Test
    void vbt_without_readable_outputs_is_a_warning_where_no_gop_reads_it() {
        Plan plan = plan(REQUEST, firmwareVbts(Defects.childrenZeroed(VBT)), null);
        assertThat(warnings(plan))
                .containsExactly(
                        "no outputs can be read from the VBT of bios.bin: its only entry for an"
                                + " output is unused; the guest's driver finds no display");
    }

    private static String layoutWarning(Parts parts) {
        Plan allowed = refusedUnlessAllowed(Conflict.VBT_LAYOUT, REQUEST, parts, null);
        return warnings(allowed).getFirst();
    }

    @Test
    void vbt_that_the_gop_cannot_read_is_refused_unless_allowed() {
        Image gop = SampleGop.driver(21, 0, 1066, List.of(ADL_N), SampleGop.outputs(39)).raw();
        Emitter vbt = new Emitter();
        new VbtBuilder("ALDERLAKE-P", 256)
                .device(0x0008, DeviceType.NONE, DvoPort.DP_A, 0, 0)
                .device(0x0010, DeviceType.HDMI, DvoPort.HDMI_B, 2, 0)
                .build()
                .write(vbt);
        Parts parts = firmware(gop, vbt.toImage());
        assertThat(refusedUnlessAllowed(Conflict.VBT_LAYOUT, REQUEST, parts, null).opRegion())
                .isNotNull();
    }

    @Test
    void first_fitting_vbt_of_several_is_taken_with_a_warning() {
        RomRequest raptorLake = RomRequest.of(PciId.intel(0xa780));
        Image first = vbt("RAPTORLAKE");
        Plan plan = plan(raptorLake, firmwareVbts(VBT, first, vbt("TIGERLAKE")), null);
        assertThat(plan.opRegion()).isEqualTo(new Part<>(around(first), "bios.bin"));
        assertThat(warnings(plan))
                .containsExactly(
                        "2 VBTs fit the device, using the first; a snapshot of the board shows"
                                + " which one it uses");
        assertThat(remedies(plan)).contains(Remedy.GIVE_VBT);
    }

    @Test
    void whole_vbt_is_taken_before_a_truncated_one() {
        Image cut = VBT.slice(0, VBT.size() - 1);
        assertThat(bytes(plan(REQUEST, firmwareVbts(cut, VBT), null))).isEqualTo(around(VBT));
    }

    @Test
    void gop_without_a_vbt_is_a_warning() {
        Parts parts = firmware(List.of(gop(ADL_N)), List.of());
        Plan plan = plan(REQUEST, parts, null);
        assertThat(warnings(plan))
                .containsExactly(
                        "a GOP without a VBT finds no display: the hypervisor must offer an"
                                + " OpRegion (x-igd-opregion=on in QEMU)");
        assertThat(remedies(plan)).contains(Remedy.GIVE_OPREGION_OR_VBT);
    }

    @Test
    void op_region_with_rvda_out_of_range_is_refused_unless_allowed() {
        Image broken =
                new Emitter()
                        .image(around(VBT))
                        .patch(0x3ba, new Emitter().u64(0x2000).u32(0x1000).toImage())
                        .toImage();
        Parts parts = givenOpRegion(broken);
        assertThat(errors(refused(REQUEST, parts, null)))
                .contains(
                        "region.bin +0x3ba: RVDA 0x2000 and RVDS 0x1000 extend beyond the end at"
                                + " 0x2000");
        // The driver would remove RVDA: it is removed.
        assertThat(refusedUnlessAllowed(Conflict.OPREGION, REQUEST, parts, null).opRegion())
                .isEqualTo(new Part<>(around(VBT), "region.bin"));
    }

    @Test
    void op_region_whose_rvda_points_beyond_the_end_is_malformed() {
        String end = Long.toHexString(OpRegion.SIZE + VBT.size());
        malformed(
                pointing("0102", 0x2000, 0x10_0000),
                "region.bin +0x3ba: RVDA 0x2000 and RVDS 0x100000 extend beyond the end at 0x"
                        + end);
        malformed(
                pointing("0102", 0x2000_0000, 0x100),
                "region.bin +0x3ba: RVDA 0x20000000 and RVDS 0x100 extend beyond the end at 0x"
                        + end);
        malformed(
                pointing("0102", -0x1000, 0x2000),
                "region.bin +0x3ba: RVDA 0xfffffffffffff000 and RVDS 0x2000 extend beyond the end"
                        + " at 0x"
                        + end);
        malformed(
                pointing("0002", 0x7abc_1000, 0x10_0000),
                "region.bin +0x3c2: RVDS is 0x100000, 0x%x bytes follow the OpRegion"
                        .formatted(VBT.size()));
    }

    @Test
    void op_region_that_the_driver_refuses_is_malformed() {
        malformed(
                patched(around(VBT), 0x10, "09"),
                "region.bin +0x10: Size is 9 KiB, an OpRegion has 8");
        malformed(
                patched(around(VBT), 0x10, "ffffffff"),
                "region.bin +0x10: Size is 4294967295 KiB, an OpRegion has 8");
        malformed(
                patched(around(VBT), 0x16, "0000"),
                "region.bin +0x17: OVER is 0.0, known are 1.0 to 3.x");
        malformed(
                Image.ofAscii("text"), "region.bin +0x0: Signature needs 0x10 bytes, 0x4 are left");
        malformed(
                new Emitter().image(around(VBT)).fill(0, 256 << 10).toImage(),
                "region.bin +0x40000: 0x42000 bytes, the maximum for an OpRegion and its VBT is"
                        + " 0x40000");
    }

    @Test
    void op_region_whose_vbt_the_driver_refuses_is_refused_unless_allowed() {
        Image shortened = pointing("0203", 0x2000, VBT.size() - 1);
        PlanResult result = refused(REQUEST, givenOpRegion(shortened), null);
        assertThat(errors(result))
                .contains(
                        "region.bin +0x3c2: RVDS is 0x%x, the VBT there has 0x%x bytes"
                                .formatted(VBT.size() - 1, VBT.size()),
                        "region.bin +0x400: no VBT in mailbox 4 or where RVDA points");
        assertThat(conflicts(result)).containsOnly(Conflict.OPREGION);
        Image unreachable = patched(pointing("0102", 0x2000, VBT.size()), 0x58, "1b");
        Plan allowed =
                refusedUnlessAllowed(Conflict.OPREGION, REQUEST, givenOpRegion(unreachable), null);
        assertThat(warnings(allowed))
                .contains(
                        "region.bin +0x400: no VBT in mailbox 4, and RVDA does not point to the one"
                                + " after the OpRegion");
        assertThat(bytes(allowed).size()).isEqualTo(OpRegion.SIZE);
    }

    @Test
    void truncated_vbt_is_refused_unless_allowed() {
        Image cut = VBT.slice(0, VBT.size() - 1);
        String problem =
                "VBT is truncated: it has 0x%x bytes, 0x%x are left"
                        .formatted(VBT.size(), VBT.size() - 1);
        Plan allowed = refusedUnlessAllowed(Conflict.OPREGION, REQUEST, givenVbt(cut), null);
        assertThat(warnings(allowed)).contains("bios.bin +0x18: the " + problem);
        assertThat(errors(refused(REQUEST, givenVbt(patched(VBT, 0x18, "ffff")), null)))
                .contains(
                        "bios.bin +0x18: the VBT is truncated: it has 0xffff bytes, 0x%x are left"
                                .formatted(VBT.size()));
        HostFacts host = readFrom(hostWithVbtOnly(cut), "host.json");
        PlanResult snapshot = refused(REQUEST, Parts.NONE, host);
        assertThat(errors(snapshot)).contains("host.json: vbt +0x18: the " + problem);
        assertThat(conflicts(snapshot)).contains(Conflict.OPREGION);
    }

    @Test
    void vbt_with_differing_sizes_is_embedded_up_to_the_larger() {
        Image small = patched(VBT, 0x18, "0000");
        assertThat(bytes(plan(REQUEST, givenVbt(small), null))).isEqualTo(around(small));
    }

    @Test
    void malformed_facts_of_a_snapshot_are_located_in_its_file() {
        HostFacts text = host(ADL_N, Image.ofAscii("text"), VBT);
        Refused region = refused(REQUEST, Parts.NONE, readFrom(text, "host.json"));
        assertThat(region.malformed()).isTrue();
        assertThat(errors(region))
                .contains("host.json: opRegion +0x0: Signature needs 0x10 bytes, 0x4 are left");
        assertThat(errors(refused(REQUEST, Parts.NONE, text)))
                .contains("debugfs +0x0: Signature needs 0x10 bytes, 0x4 are left");
        HostFacts other = readFrom(hostWithVbtOnly(Image.ofAscii("text")), "host.json");
        Refused vbt = refused(REQUEST, Parts.NONE, other);
        assertThat(vbt.malformed()).isTrue();
        assertThat(errors(vbt)).containsExactly("host.json: vbt +0x0: Signature is not \"$VBT\"");
    }

    @Test
    void op_region_and_vbt_together_are_refused() {
        Parts parts =
                new Parts(
                        null,
                        List.of(),
                        TestParts.vbts(List.of(VBT)),
                        List.of(),
                        new Part<>(around(VBT), "region.bin"),
                        List.of());
        assertThat(errors(refused(REQUEST, parts, null)))
                .contains(
                        "both an OpRegion and a VBT were given, but the OpRegion has its own VBT:"
                                + " give only one");
    }

    @Test
    void embedded_source_needs_an_op_region() {
        PlanResult result = refused(REQUEST.withSource(OpRegionSource.EMBEDDED), Parts.NONE, null);
        assertThat(errors(result)).containsExactly("no OpRegion to embed");
        assertThat(remedies(result)).contains(Remedy.GIVE_OPREGION_OR_VBT);
    }

    @Test
    void embedded_source_is_decided_as_requested() {
        Plan plan =
                plan(REQUEST.withSource(OpRegionSource.EMBEDDED), givenOpRegion(around(VBT)), null);
        assertThat(decision(plan, Subject.OPREGION))
                .isEqualTo(
                        Decision.of(
                                Subject.OPREGION,
                                "8192 bytes, version 2.1; used even if the hypervisor offers one",
                                new Reason.FromFile("region.bin"),
                                new Reason.Requested(RequestField.OPREGION_SOURCE)));
    }

    @Test
    void vbt_of_the_host_is_put_after_an_op_region_that_lacks_it() {
        Image bare = patched(around(VBT), 0x400, "00");
        Image region = bytes(plan(REQUEST, Parts.NONE, host(ADL_N, bare, VBT)));
        assertThat(region.size()).isEqualTo(OpRegion.SIZE + VBT.size());
        assertThat(region.from(OpRegion.SIZE)).isEqualTo(VBT);
    }

    @Test
    void op_region_2_0_with_the_hosts_address_is_rewritten_to_the_vbt_that_follows() {
        Image region = pointing("0002", 0x8d10_0000L, VBT.size());
        Plan plan = plan(REQUEST, givenOpRegion(region), null);
        Image rewritten = bytes(plan);
        assertThat(rewritten.u64(0x3ba)).isEqualTo(OpRegion.SIZE);
        assertThat(rewritten.u16(0x16)).isEqualTo(0x0201);
        assertThat(rewritten.from(OpRegion.SIZE)).isEqualTo(VBT);
        assertThat(decision(plan, Subject.OPREGION).choice())
                .isEqualTo(
                        rewritten.size()
                                + " bytes, version 2.1, converted from 2.0 with an address of the"
                                + " host");
    }

    @Test
    void every_bruise_of_an_op_region_is_planned_or_refused() {
        Image region = around(VBT);
        Bruises.bytes(
                region.slice(0, 0x600),
                3,
                bruised -> {
                    Image whole = new Emitter().image(bruised).image(region.from(0x600)).toImage();
                    PlanResult _ = Planner.plan(REQUEST, givenOpRegion(whole), null);
                });
    }

    private static void malformed(Image region, String problem) {
        RomRequest allowed = REQUEST.withAllowed(Set.of(Conflict.OPREGION));
        Refused refused = refused(allowed, givenOpRegion(region), null);
        assertThat(errors(refused)).contains(problem);
        assertThat(refused.malformed()).isTrue();
    }

    private static Image bytes(Plan plan) {
        return requireNonNull(plan.opRegion()).value();
    }

    /// An OpRegion of this version (minor and major) with the VBT after it only.
    private static Image pointing(String version, long rvda, long rvds) {
        Emitter out = new Emitter().image(patched(around(VBT), 0x400, "00"));
        out.patch(0x16, Image.ofHex(version));
        return out.patch(0x3ba, new Emitter().u64(rvda).u32(rvds).toImage()).image(VBT).toImage();
    }
}
