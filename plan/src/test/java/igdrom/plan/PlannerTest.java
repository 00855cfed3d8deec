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
import static igdrom.plan.TestParts.gop;
import static igdrom.plan.TestParts.host;
import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.driver.RomData.OpRegionOrigin;
import igdrom.formats.oprom.OptionRom;
import igdrom.formats.oprom.RomBuilder;
import igdrom.formats.oprom.RomImage;
import igdrom.formats.pci.PciId;
import igdrom.plan.PlanMessage.Severity;
import igdrom.plan.RomRequest.PolicyRequest;
import igdrom.samples.SampleVgaBios;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is decided about the device, its host and its VGA BIOS, and the plan as a whole.
class PlannerTest {
    private static final PciId NOT_KNOWN = PciId.intel(0x1234);

    @Test
    void device_alone_gives_a_rom_that_relies_on_the_hypervisor() {
        Plan plan = plan(RomRequest.of(ADL_N), Parts.NONE, null);
        assertThat(plan.gop()).isNull();
        assertThat(plan.opRegion()).isNull();
        assertThat(plan.stolen()).isEqualTo(new StolenMemory(0, 0));
        assertThat(plan.decisions())
                .containsExactly(
                        Decision.of(
                                Subject.DEVICE,
                                "8086:46d1, Alder Lake-N, Twin Lake",
                                new Reason.Requested(RequestField.DEVICE)),
                        Decision.of(
                                Subject.GOP,
                                "none: no picture until the guest's own driver starts",
                                new Reason.Because("no file with a GOP was given")),
                        Decision.of(
                                Subject.MACHINE,
                                "q35 and pc",
                                new Reason.Default("by default", RequestField.MACHINE)),
                        Decision.of(
                                Subject.OPREGION,
                                "none: the hypervisor must offer one",
                                new Reason.Because("neither a VBT nor an OpRegion was given")),
                        Decision.of(
                                Subject.STOLEN_MEMORY,
                                "size from the device at any free address",
                                new Reason.Because("no base is known")));
        assertThat(remedies(plan)).containsExactly(Remedy.GIVE_STOLEN_BASE);
        assertThat(warnings(plan)).isEmpty();
    }

    @Test
    void request_without_a_device_is_refused() {
        PlanResult none = refused(RomRequest.of(null), Parts.NONE, null);
        assertThat(errors(none)).containsExactly("no device is known");
        assertThat(remedies(none)).containsExactly(Remedy.NAME_DEVICE);
    }

    @Test
    void gop_that_needs_bar2_below_4_gib_is_used_with_a_warning() {
        PciId apolloLake = PciId.intel(0x5a85);
        RomRequest request = RomRequest.of(apolloLake).withAllowed(Set.of(Conflict.VBT_GENERATION));
        Plan plan = plan(request, firmware(gop(apolloLake), VBT), null);
        assertThat(plan.platform().gopNeedsLowBar2()).isTrue();
        assertThat(warnings(plan)).anyMatch(text -> text.contains("BAR2 above 4 GiB"));
        Plan without = plan(request, firmwareVbts(VBT), null);
        assertThat(warnings(without)).noneMatch(text -> text.contains("BAR2"));
    }

    @Test
    void device_of_another_vendor_is_refused() {
        assertThat(errors(refused(RomRequest.of(new PciId(0x10de, 0x1234)), Parts.NONE, null)))
                .containsExactly("10de:1234 is not an Intel device");
    }

    @Test
    void gop_and_vbt_of_a_firmware_image_are_used() {
        Plan plan = plan(RomRequest.of(ADL_N), firmware(gop(ADL_N), VBT), null);
        assertThat(plan.gop()).isNotNull();
        assertThat(plan.opRegion()).isEqualTo(new Part<>(around(VBT), "bios.bin"));
        assertThat(plan.origin()).isEqualTo(OpRegionOrigin.FIRMWARE);
        assertThat(plan.decisions())
                .extracting(Decision::subject)
                .containsExactly(
                        Subject.DEVICE,
                        Subject.GOP,
                        Subject.LPC_BRIDGE,
                        Subject.MACHINE,
                        Subject.OPREGION,
                        Subject.STOLEN_MEMORY);
        assertThat(plan.messages()).hasSize(1);
    }

    @Test
    void host_gives_device_op_region_and_base_of_stolen_memory() {
        Plan plan = plan(RomRequest.of(null), Parts.NONE, host(ADL_N));
        assertThat(plan.device()).isEqualTo(ADL_N);
        assertThat(decision(plan, Subject.DEVICE).reasons())
                .containsExactly(new Reason.FromHost("sysfs"));
        assertThat(plan.classCode()).isEqualTo(0x038000);
        assertThat(plan.opRegion()).isEqualTo(new Part<>(around(VBT), "debugfs"));
        assertThat(plan.stolen()).isEqualTo(new StolenMemory(0x7c80_0000, 0x400_0000));
        assertThat(plan.origin()).isEqualTo(OpRegionOrigin.HOST);
        assertThat(plan.messages()).hasSize(1);
        assertThat(warnings(plan))
                .containsExactly(
                        "stolen memory at 0x7c800000 ends above the low memory of q35 when the"
                                + " guest has 2.75 GiB or more: not possible; there the driver"
                                + " uses the highest free address");
    }

    @Test
    void snapshot_of_another_machine_is_refused_unless_allowed() {
        RomRequest request = RomRequest.of(PciId.intel(0x46d2));
        assertThat(errors(refused(request, Parts.NONE, host(ADL_N))))
                .containsExactly("the snapshot is from a machine with 8086:46d1, not 8086:46d2");
        Plan _ = refusedUnlessAllowed(Conflict.OTHER_HOST, request, Parts.NONE, host(ADL_N));
    }

    @Test
    void snapshot_that_contradicts_itself_is_refused_unless_allowed() {
        RomRequest request = RomRequest.of(ADL_N);
        HostFacts other = host(ADL_N, around(VBT), VBT, PciId.intel(0x9bc8), 0x030000);
        assertThat(errors(refused(request, Parts.NONE, other)))
                .containsExactly(
                        "the snapshot's device is 8086:46d1, its config space contains 8086:9bc8");
        assertThat(refusedUnlessAllowed(Conflict.OTHER_HOST, request, Parts.NONE, other).device())
                .isEqualTo(ADL_N);
        HostFacts network = host(ADL_N, around(VBT), VBT, ADL_N, 0x020000);
        assertThat(errors(refused(request, Parts.NONE, network)))
                .containsExactly("the snapshot's device has class 020000, not a display's");
        assertThat(conflicts(refused(request, Parts.NONE, network)))
                .containsExactly(Conflict.OTHER_HOST);
        HostFacts asleep = host(ADL_N, around(VBT), VBT, new PciId(0xffff, 0xffff), 0x030000);
        assertThat(plan(request, Parts.NONE, asleep).device()).isEqualTo(ADL_N);
    }

    @Test
    void host_without_intel_graphics_is_refused_in_one_sentence() {
        HostFacts host =
                TestParts.hostWithout(
                        "/sys/bus/pci/devices/0000:00:02.0",
                        "a virtio device, 1af4:1042, is there");
        PlanResult result = refused(RomRequest.of(null), firmware(gop(ADL_N), VBT), host);
        assertThat(errors(result))
                .containsExactly(
                        "no Intel graphics at 0000:00:02.0 (a virtio device, 1af4:1042, is there)");
        assertThat(remedies(result)).isEmpty();
        RomRequest request = RomRequest.of(ADL_N);
        Plan allowed = refusedUnlessAllowed(Conflict.OTHER_HOST, request, Parts.NONE, host);
        assertThat(warnings(allowed))
                .contains(
                        "the facts are from a machine with no Intel graphics at 0000:00:02.0 (a"
                                + " virtio device, 1af4:1042, is there)");
        HostFacts older = host(new PciId(0x1af4, 0x1042));
        assertThat(errors(refused(RomRequest.of(null), Parts.NONE, older)))
                .containsExactly("the snapshot has no Intel graphics, its device is 1af4:1042");
    }

    @Test
    void snapshot_without_the_device_is_refused_with_its_reason() {
        PlanResult result = refused(RomRequest.of(null), Parts.NONE, TestParts.hostWithoutDevice());
        assertThat(errors(result)).containsExactly("no device is known: the snapshot: has no igd");
        assertThat(remedies(result)).containsExactly(Remedy.NAME_DEVICE);
    }

    @Test
    void lid_and_dock_are_decided_as_requested() {
        RomRequest request = RomRequest.of(ADL_N).withPolicy(new PolicyRequest(false, true));
        assertThat(plan(request, Parts.NONE, null).decisions())
                .contains(
                        Decision.of(Subject.LID, "closed", new Reason.Requested(RequestField.LID)),
                        Decision.of(
                                Subject.DOCK, "docked", new Reason.Requested(RequestField.DOCK)));
    }

    @Test
    void display_state_that_is_cleared_is_a_decision_with_its_price() {
        Plan plan = plan(RomRequest.of(ADL_N).withClearsDisplayState(true), Parts.NONE, null);
        assertThat(plan.decisions())
                .contains(
                        Decision.of(
                                Subject.DISPLAY_STATE,
                                "what the host's firmware left is cleared",
                                new Reason.Requested(RequestField.DISPLAY_STATE)));
        assertThat(warnings(plan))
                .contains(
                        "clearing the display state writes registers of the GPU before the GOP"
                                + " does, and is unproven on hardware");
        assertThat(plan(RomRequest.of(ADL_N), Parts.NONE, null).decisions())
                .noneMatch(decision -> decision.subject() == Subject.DISPLAY_STATE);
    }

    @Test
    void asls_that_is_always_written_is_a_decision_with_its_price() {
        Plan plan = plan(RomRequest.of(ADL_N).withAslsAlways(true), Parts.NONE, null);
        assertThat(plan.decisions())
                .contains(
                        Decision.of(
                                Subject.ASLS,
                                "written even where the hypervisor does not emulate it",
                                new Reason.Requested(RequestField.ASLS)));
        assertThat(warnings(plan))
                .contains(
                        "where the hypervisor does not emulate ASLS, the host loses its own"
                                + " OpRegion until it is rebooted, and the VM may not start a"
                                + " second time before that");
        assertThat(plan(RomRequest.of(ADL_N), Parts.NONE, null).decisions())
                .noneMatch(decision -> decision.subject() == Subject.ASLS);
    }

    @Test
    void class_of_the_device_is_requested_or_that_of_a_vga_controller() {
        RomRequest request = RomRequest.of(ADL_N);
        assertThat(plan(request, Parts.NONE, null).classCode()).isEqualTo(0x030000);
        assertThat(plan(request.withClass(0x038000), Parts.NONE, null).classCode())
                .isEqualTo(0x038000);
    }

    @Test
    void unknown_device_is_refused() {
        for (int id : new int[] {0xffff, 0x56a0, 0xcafe}) {
            PlanResult result = refused(RomRequest.of(PciId.intel(id)), Parts.NONE, null);
            assertThat(errors(result))
                    .containsExactly(
                            "8086:%04x is not a known Intel graphics device".formatted(id));
            assertThat(remedies(result)).containsExactly(Remedy.TREAT_AS_KNOWN_DEVICE);
        }
    }

    @Test
    void unknown_device_can_be_treated_as_a_known_one_only() {
        RomRequest asKnown = RomRequest.of(NOT_KNOWN).withTreatAs(ADL_N);
        assertThat(plan(asKnown, Parts.NONE, null).treatAs()).isEqualTo(0x46d1);
        for (String other : List.of("10de:46d0", "8086:1235")) {
            RomRequest request = RomRequest.of(NOT_KNOWN).withTreatAs(PciId.of(other));
            assertThat(errors(refused(request, Parts.NONE, null)))
                    .containsExactly(
                            "the device to treat it as, "
                                    + other
                                    + ", is not a known Intel graphics device");
        }
    }

    @Test
    void known_device_is_treated_as_one_of_another_platform_with_a_warning() {
        RomRequest request = RomRequest.of(ADL_N).withTreatAs(PciId.intel(0x9bc8));
        assertThat(warnings(plan(request, Parts.NONE, null)))
                .contains(
                        "8086:46d1 is a known device, Alder Lake-N, Twin Lake: the driver will"
                                + " take its registers for those of Comet Lake");
    }

    @Test
    void vga_bios_of_another_device_is_used_with_a_warning() {
        RomImage vgaBios =
                new RomBuilder(PciId.intel(0x0166), RomBuilder.VGA, List.of())
                        .legacy(Image.ofHex("cb0000"), Image.EMPTY);
        Plan plan = plan(RomRequest.of(PciId.intel(0x0156)), vgaBios(vgaBios), null);
        assertThat(plan.decisions())
                .contains(
                        Decision.of(
                                Subject.VGA_BIOS,
                                "512 bytes of 8086:0166",
                                new Reason.FromFile("vbios.rom")));
        assertThat(warnings(plan))
                .containsExactly(
                        "the VGA BIOS is for 8086:0166 and does not list 8086:0156; its id is"
                                + " changed so that SeaBIOS starts it");
    }

    @Test
    void truncated_vga_bios_is_refused() {
        Image whole = SampleVgaBios.of(PciId.intel(0x0166), 0).raw();
        Image half = whole.slice(0, whole.size() - 100);
        OptionRom rom = OptionRom.read(half, Location.root("vbios.rom"), new Diagnostics());
        RomRequest request = RomRequest.of(PciId.intel(0x0166)).withMachine(GuestMachine.PC);
        assertThat(errors(refused(request, vgaBios(rom.images().getFirst()), null)))
                .containsExactly(
                        "the VGA BIOS of vbios.rom is truncated: it should have %d bytes and has %d"
                                .formatted(whole.size(), half.size()));
    }

    @Test
    void base_that_a_vga_bios_has_saved_is_cleared() {
        PciId ivyBridge = PciId.intel(0x0166);
        RomImage vgaBios = SampleVgaBios.of(ivyBridge, 0xbba0_0000L);
        Plan plan = plan(RomRequest.of(ivyBridge), vgaBios(vgaBios), null);
        assertThat(Planned.texts(plan, Severity.NOTE))
                .contains(
                        "the VGA BIOS had saved the base of stolen memory of the machine that it"
                                + " was copied from, 0xbba00000 at +0x68: cleared, so that it"
                                + " reads the guest's");
        assertThat(plan.vgaBioses().getFirst().value().raw())
                .isEqualTo(SampleVgaBios.of(ivyBridge, 0).raw());
    }

    @Test
    void vga_bios_without_a_saved_base_is_used_as_it_is() {
        PciId ivyBridge = PciId.intel(0x0166);
        RomImage vgaBios = SampleVgaBios.of(ivyBridge, 0);
        RomRequest request = RomRequest.of(ivyBridge).withMachine(GuestMachine.PC);
        Plan plan = plan(request, vgaBios(vgaBios), null);
        assertThat(plan.messages()).isEmpty();
        assertThat(plan.vgaBioses().getFirst().value()).isEqualTo(vgaBios);
        RomImage other =
                new RomBuilder(ivyBridge, RomBuilder.VGA, List.of())
                        .legacy(Image.ofHex("cb0000"), Image.EMPTY);
        assertThat(Planned.texts(plan(request, vgaBios(other), null), Severity.NOTE))
                .containsExactly(
                        "where this VGA BIOS saves the base of stolen memory is not known; if it"
                                + " was copied from a running machine, it may draw garbage");
    }

    @Test
    void vga_bios_needs_the_legacy_mode_of_machine_pc() {
        PciId ivyBridge = PciId.intel(0x0166);
        Parts parts = vgaBios(SampleVgaBios.of(ivyBridge, 0));
        Plan alone = plan(RomRequest.of(ivyBridge), parts, null);
        assertThat(alone.machines()).containsExactly(GuestMachine.PC);
        assertThat(decision(alone, Subject.MACHINE).reasons())
                .containsExactly(
                        new Reason.Because("a VGA BIOS needs the legacy mode, which q35 lacks"));
        assertThat(alone.messages()).isEmpty();
        Parts withGop =
                new Parts(
                        "bios.bin",
                        firmware(gop(ivyBridge), VBT).gops(),
                        List.of(),
                        List.of(),
                        null,
                        parts.vgaBioses());
        assertThat(Planned.texts(plan(RomRequest.of(ivyBridge), withGop, null), Severity.NOTE))
                .contains("the VGA BIOS works on pc only, in QEMU's legacy mode");
        String noPicture =
                "the VGA BIOS gives no picture: it needs QEMU's legacy mode, which exists on"
                        + " machine pc for Sandy Bridge to Comet Lake only";
        RomRequest onQ35 = RomRequest.of(ivyBridge).withMachine(GuestMachine.Q35);
        assertThat(errors(refused(onQ35, parts, null))).containsExactly(noPicture);
        assertThat(errors(refused(RomRequest.of(ADL_N), parts, null))).containsExactly(noPicture);
    }

    @Test
    void allowed_conflicts_do_not_hide_other_errors() {
        RomRequest request =
                RomRequest.of(new PciId(0x10de, 0x1234)).withAllowed(Set.of(Conflict.values()));
        assertThat(errors(refused(request, Parts.NONE, null)))
                .containsExactly("10de:1234 is not an Intel device");
    }

    private static Parts vgaBios(RomImage image) {
        return new Parts(
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of(new Part<>(image, "vbios.rom")));
    }
}
