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

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.firmware.gop.Gop;
import igdrom.firmware.lpc.LpcEdit;
import igdrom.firmware.lpc.LpcEditException;
import igdrom.firmware.lpc.LpcRead;
import igdrom.formats.pci.PciId;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.UsualBridge;
import igdrom.plan.PlanMessage.Severity;
import igdrom.plan.RomRequest.GopRequest;
import igdrom.samples.SampleGop;
import igdrom.samples.SampleLpc;
import igdrom.testing.Corpus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LpcBridgeChoiceTest {
    private static final LpcBridgePolicy SUPPORTED = new LpcBridgePolicy(true, PciId.intel(0x3481));
    private static final LpcBridgePolicy UNSUPPORTED =
            new LpcBridgePolicy(true, PciId.intel(0x7a84));
    private static final Image READS_BRIDGE = gop(SampleLpc.byPorts());
    private static final PciId COFFEE_LAKE = PciId.intel(0x3e92);
    private static final PciId ICE_LAKE = PciId.intel(0x8a52);

    /// It accepts the bridges of Ice Lake.
    private static final Image ICE_LAKE_GOP =
            SampleGop.driver(18, 0, 1034, List.of(ICE_LAKE), SampleLpc.byPorts()).raw();

    /// What a GOP has to be edited for; null for q35 and pc.
    private static final List<@Nullable GuestMachine> MACHINES =
            Arrays.asList(GuestMachine.Q35, GuestMachine.BHYVE, null);

    @Test
    void requested_bridge_is_put_into_the_gop_of_every_machine() {
        for (GuestMachine machine : MACHINES) {
            Plan plan = plan(request(machine, SUPPORTED), parts(READS_BRIDGE), null);
            assertThat(requireNonNull(edit(plan)).bridge()).isEqualTo(SUPPORTED.bridge());
            Decision decision = decision(plan, Subject.LPC_BRIDGE);
            assertThat(decision.choice()).isEqualTo("8086:3481 Ice Point-LP");
            assertThat(decision.reasons())
                    .containsExactly(
                            new Reason.Requested(RequestField.LPC_BRIDGE),
                            new Reason.Because(
                                    machine == GuestMachine.BHYVE
                                            ? "put into the GOP, which does not support bhyve's own"
                                                    + " bridge, 8086:7000"
                                            : "put into the GOP, which does not support q35's own"
                                                    + " bridge, 8086:2918"));
            PlannedGop gop = requireNonNull(plan.gop());
            assertThat(gop.original()).isEqualTo(READS_BRIDGE);
            assertThat(gop.program().raw()).isNotEqualTo(READS_BRIDGE);
            assertThat(gop.bridge()).isEqualTo(SUPPORTED.bridge());
        }
    }

    @Test
    void rom_is_for_q35_and_pc_unless_a_machine_is_requested() {
        Plan plan = plan(request(null, SUPPORTED), parts(READS_BRIDGE), null);
        assertThat(plan.machines()).containsExactly(GuestMachine.Q35, GuestMachine.PC);
        assertThat(decision(plan, Subject.MACHINE))
                .isEqualTo(
                        Decision.of(
                                Subject.MACHINE,
                                "q35 and pc",
                                new Reason.Default("by default", RequestField.MACHINE)));
        for (GuestMachine machine : GuestMachine.values()) {
            plan = plan(request(machine, SUPPORTED), parts(READS_BRIDGE), null);
            assertThat(plan.machines()).containsExactly(machine);
            assertThat(decision(plan, Subject.MACHINE).choice()).isEqualTo(machine.id());
        }
    }

    @Test
    void usual_bridge_of_the_device_stands_in_for_an_unknown_one() {
        for (GuestMachine machine : MACHINES) {
            Plan plan = plan(iceLake(machine), parts(ICE_LAKE_GOP), null);
            assertThat(requireNonNull(edit(plan)).bridge()).isEqualTo(PciId.intel(0x3482));
            assertThat(decision(plan, Subject.LPC_BRIDGE).choice())
                    .isEqualTo("8086:3482, usual for Ice Lake");
        }
    }

    @Test
    void real_gops_support_the_usual_bridges_of_the_devices_they_list() {
        List<String> unsupported = new ArrayList<>();
        int supported = 0;
        for (String directory : List.of("gop", "gop-more")) {
            for (Path file : Corpus.files(directory, ".efi")) {
                Location location = Location.root(file.toString());
                Gop gop =
                        Gop.examine(Corpus.image(file), location, new Diagnostics()).orElseThrow();
                if (!(gop.lpc() instanceof LpcRead.Site site)) {
                    continue;
                }
                for (PciId device : gop.deviceIds()) {
                    UsualBridge usual = Knowledge.usualBridge(device).orElse(null);
                    if (usual != null && site.accepts(usual.id()).orElse(false)) {
                        supported++;
                    } else {
                        unsupported.add(gop.version() + " " + device);
                    }
                }
            }
        }
        assertThat(supported).isGreaterThan(150);
        assertThat(unsupported).isEmpty();
    }

    @Test
    void usual_bridge_is_that_of_the_device_that_another_is_treated_as() {
        RomRequest request =
                RomRequest.of(PciId.intel(0x1234))
                        .withTreatAs(ICE_LAKE)
                        .withAllowed(Set.of(Conflict.VBT_GENERATION, Conflict.GOP_DEVICE));
        Plan plan = plan(request, parts(ICE_LAKE_GOP), null);
        assertThat(requireNonNull(edit(plan)).bridge()).isEqualTo(PciId.intel(0x3482));
    }

    @Test
    void bridge_of_the_host_goes_before_the_usual_one() {
        HostFacts host = TestParts.withBridge(TestParts.host(ICE_LAKE), PciId.intel(0x3483));
        Plan plan = plan(iceLake(null), parts(ICE_LAKE_GOP), host);
        assertThat(requireNonNull(edit(plan)).bridge()).isEqualTo(PciId.intel(0x3483));
        assertThat(decision(plan, Subject.LPC_BRIDGE).choice()).isEqualTo("8086:3483 Ice Point-LP");
        assertThat(decision(plan, Subject.LPC_BRIDGE).reasons())
                .contains(new Reason.FromHost("sysfs"));
    }

    @Test
    void bridge_that_was_put_into_the_gop_before_is_kept() throws LpcEditException {
        Gop gop =
                Gop.examine(READS_BRIDGE, Location.root("gop.efi"), new Diagnostics())
                        .orElseThrow();
        Image edited = LpcEdit.edit(gop.executable(), PciId.intel(0x9d84)).edited();
        Plan plan = plan(request(null, LpcBridgePolicy.AUTO), parts(edited), null);
        assertThat(requireNonNull(edit(plan)).bridge()).isEqualTo(PciId.intel(0x9d84));
        assertThat(requireNonNull(plan.gop()).original()).isEqualTo(READS_BRIDGE);
        Plan unedited = plan(request(null, LpcBridgePolicy.NEVER), parts(edited), null);
        assertThat(requireNonNull(unedited.gop()).needsBridge()).isFalse();
        assertThat(unedited.machines()).containsExactly(GuestMachine.Q35, GuestMachine.PC);
    }

    @Test
    void unknown_bridge_is_refused_with_what_to_do() {
        for (GuestMachine machine : MACHINES) {
            PlanResult result =
                    refused(request(machine, LpcBridgePolicy.AUTO), parts(READS_BRIDGE), null);
            String name = machine == GuestMachine.BHYVE ? "bhyve" : "q35";
            assertThat(errors(result))
                    .containsExactly(
                            "the host's LPC bridge is not known, and without its id this GOP gives"
                                    + " no picture on "
                                    + name
                                    + ": GOP 21.0.1066 does not support the usual one of Alder"
                                    + " Lake-N, 8086:5481");
            assertThat(remedies(result))
                    .containsSubsequence(Remedy.GIVE_LPC_BRIDGE, Remedy.BUILD_FOR_PC);
        }
    }

    @Test
    void device_without_a_usual_bridge_is_refused() {
        RomRequest request =
                RomRequest.of(PciId.intel(0xb080))
                        .withAllowed(Set.of(Conflict.GOP_DEVICE, Conflict.VBT_GENERATION));
        assertThat(errors(refused(request, parts(READS_BRIDGE), null)))
                .containsExactly(
                        "the host's LPC bridge is not known, and without its id this GOP gives no"
                                + " picture on q35: none is known to be usual for 8086:b080");
    }

    @Test
    void gop_for_pc_stays_unedited_and_records_the_bridge_that_it_expects() {
        RomRequest request = iceLake(GuestMachine.PC);
        Plan plan = plan(request, parts(ICE_LAKE_GOP), null);
        assertThat(edit(plan)).isNull();
        assertThat(requireNonNull(plan.gop()).bridge()).isEqualTo(PciId.intel(0x3482));
        assertThat(decision(plan, Subject.LPC_BRIDGE))
                .isEqualTo(
                        Decision.of(
                                Subject.LPC_BRIDGE,
                                "the guest's, GOP unchanged",
                                new Reason.Default(
                                        "x-igd-lpc=on shows it the host's bridge",
                                        RequestField.LPC_BRIDGE)));
    }

    @Test
    void boards_with_another_kind_of_pch_are_noted() {
        RomRequest request =
                RomRequest.of(COFFEE_LAKE).withAllowed(Set.of(Conflict.VBT_GENERATION));
        Image gop = Corpus.image("gop/mrcb_soc_intel_cml_IntelGopDriver.efi");
        Plan plan = plan(request, TestParts.firmware(gop, TestParts.vbt("COFFEELAKE", 229)), null);
        assertThat(decision(plan, Subject.LPC_BRIDGE).choice())
                .isEqualTo("8086:a308, usual for Coffee Lake");
        assertThat(Planned.texts(plan, Severity.NOTE))
                .contains(
                        "some boards of Coffee Lake have another kind of PCH, such as 8086:a2c9"
                                + " Kaby Point (200 series); if yours is one, the screen may stay"
                                + " dark");
        assertThat(remedies(plan)).contains(Remedy.GIVE_LPC_BRIDGE);
    }

    @Test
    void unedited_gop_is_refused_on_q35_and_otherwise_makes_a_rom_for_pc() {
        PlanResult result =
                refused(
                        request(GuestMachine.Q35, LpcBridgePolicy.NEVER),
                        parts(READS_BRIDGE),
                        null);
        assertThat(errors(result))
                .containsExactly(
                        "unedited, this GOP gives no picture on q35: it does not support q35's own"
                                + " bridge, 8086:2918");
        assertThat(remedies(result)).containsSubsequence(Remedy.EDIT_GOP, Remedy.BUILD_FOR_PC);
        Plan plan = plan(request(null, LpcBridgePolicy.NEVER), parts(READS_BRIDGE), null);
        assertThat(edit(plan)).isNull();
        assertThat(plan.machines()).containsExactly(GuestMachine.PC);
        assertThat(decision(plan, Subject.LPC_BRIDGE).reasons())
                .containsExactly(new Reason.Requested(RequestField.UNEDITED_GOP));
        assertThat(decision(plan, Subject.MACHINE).reasons())
                .containsExactly(
                        new Reason.Because("the unedited GOP needs x-igd-lpc=on, which q35 lacks"));
        Plan bhyve =
                plan(request(GuestMachine.BHYVE, LpcBridgePolicy.NEVER), parts(READS_BRIDGE), null);
        assertThat(edit(bhyve)).isNull();
        assertThat(requireNonNull(bhyve.gop()).needsBridge()).isTrue();
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
    void gop_that_cannot_be_edited_is_refused_except_on_pc() {
        Image twice = new Emitter().image(SampleLpc.byPorts()).image(SampleLpc.byPorts()).toImage();
        for (GuestMachine machine : MACHINES) {
            PlanResult result = refused(request(machine, SUPPORTED), parts(gop(twice)), null);
            assertThat(errors(result))
                    .containsExactly(
                            "the GOP cannot be edited, and unedited it gives no picture on "
                                    + (machine == GuestMachine.BHYVE ? "bhyve" : "q35")
                                    + ": it reads the id by port I/O at 2 sites");
            PlanResult unknown =
                    refused(request(machine, LpcBridgePolicy.AUTO), parts(gop(twice)), null);
            assertThat(errors(unknown))
                    .singleElement()
                    .asString()
                    .endsWith(
                            ": the code of GOP 21.0.1066 does not show which bridges it supports");
        }
        RomRequest onPc = request(GuestMachine.PC, LpcBridgePolicy.AUTO);
        assertThat(edit(plan(onPc, parts(gop(twice)), null))).isNull();
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

    private static RomRequest iceLake(@Nullable GuestMachine machine) {
        return RomRequest.of(ICE_LAKE)
                .withMachine(machine)
                .withAllowed(Set.of(Conflict.VBT_GENERATION));
    }

    private static @Nullable LpcEdit edit(Plan plan) {
        return requireNonNull(plan.gop()).edit();
    }
}
