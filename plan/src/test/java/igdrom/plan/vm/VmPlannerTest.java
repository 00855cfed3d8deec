package igdrom.plan.vm;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.driver.RomData.BuiltFor;
import igdrom.driver.RomData.OpRegionOrigin;
import igdrom.driver.RomData.Target;
import igdrom.formats.pci.PciId;
import igdrom.host.Snapshot;
import igdrom.knowledge.Device;
import igdrom.knowledge.Knowledge;
import igdrom.plan.GuestMachine;
import igdrom.plan.PlanMessage;
import igdrom.plan.PlanMessage.Severity;
import igdrom.plan.vm.RomFacts.VgaBios;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VmPlannerTest {
    private static final PciId COFFEE_LAKE = PciId.intel(0x3e92);
    private static final PciId ADL_N = PciId.intel(0x46d1);
    private static final PciId METEOR_LAKE = PciId.intel(0x7d55);
    private static final PciId AMBER_LAKE = PciId.intel(0x87c0);

    @Test
    void newest_qemu_on_pc_gets_the_loud_line() {
        VmPlan plan = plan(qemu("11.1"), null, rom(COFFEE_LAKE));
        assertThat(plan.igd())
                .isEqualTo(
                        new IgdDevice(
                                "0000:00:02.0",
                                "pci.0",
                                SlotAddress.IGD,
                                plan.igd().options(),
                                "igd.rom"));
        assertThat(plan.igd().options().toString())
                .isEqualTo("{x-igd-legacy-mode=off, x-igd-opregion=on, x-igd-lpc=on}");
    }

    @Test
    void every_row_of_the_decision_table_is_reached_by_some_guest() {
        Set<OptionRule> reached = new HashSet<>();
        for (String version : List.of("7.2", "9.2", "10.0", "10.0.13", "10.1", "11.0", "11.1")) {
            for (Integer generation : new Integer[] {6, 7, 8, 9, 11, 12, null}) {
                for (int flags = 0; flags < 4; flags++) {
                    for (GuestMachine machine : List.of(GuestMachine.PC, GuestMachine.Q35)) {
                        for (GuestFirmware firmware : GuestFirmware.values()) {
                            GpuKind gpu =
                                    new GpuKind(generation, (flags & 1) != 0, (flags & 2) != 0);
                            Optional<OptionRule> rule =
                                    OptionRule.find(
                                            ProgramVersion.of(version), gpu, machine, firmware);
                            assertThat(rule)
                                    .as("%s %s %s %s", version, gpu, machine, firmware)
                                    .isPresent();
                            reached.add(rule.orElseThrow());
                        }
                    }
                }
            }
        }
        assertThat(reached).containsExactlyInAnyOrderElementsOf(new HashSet<>(OptionRule.all()));
    }

    @Test
    void every_planned_definition_passes_the_checks_of_its_own_hypervisor() {
        int plans = 0;
        for (Device device : Knowledge.devices()) {
            for (String version : List.of("7.2", "9.2", "10.0", "10.0.13", "10.1", "11.1")) {
                for (GuestMachine machine : List.of(GuestMachine.PC, GuestMachine.Q35)) {
                    RomFacts rom = rom(device.id());
                    VmRequest request = qemu(version).withMachine(machine);
                    Snapshot host = TestHost.with(device.id()).snapshot();
                    if (VmPlanner.plan(request, host, rom) instanceof VmPlan plan) {
                        plans++;
                        assertThat(VmChecks.check(plan.definition(), host, rom))
                                .as("%s on QEMU %s, %s", device.id(), version, machine)
                                .isEmpty();
                    }
                }
            }
        }
        assertThat(plans).isGreaterThan(2000);
    }

    @Test
    void no_plan_ever_says_auto_and_every_plan_says_opregion() {
        for (OptionRule rule : OptionRule.all()) {
            assertThat(rule.options().values()).doesNotContain("auto");
            assertThat(rule.works()).isEqualTo(rule.options().containsKey("x-igd-opregion"));
        }
    }

    @Test
    void rom_for_another_device_is_refused_with_both_ids() {
        assertThat(refusal(qemu("11.1"), TestHost.with(ADL_N).snapshot(), rom(COFFEE_LAKE)))
                .isEqualTo("igd.rom is for 8086:3e92, not for 8086:46d1");
    }

    @Test
    void rom_for_another_machine_is_refused() {
        assertThat(refusal(qemu("11.1").withMachine(GuestMachine.Q35), null, rom(ADL_N, Target.PC)))
                .isEqualTo("igd.rom was built for pc, not for q35");
        assertThat(refusal(bhyve(), null, rom(COFFEE_LAKE, Target.Q35, Target.PC)))
                .isEqualTo("igd.rom was built for q35 and pc, not for bhyve");
    }

    @Test
    void rom_for_q35_only_chooses_q35() {
        VmPlan plan = plan(qemu("11.1"), null, rom(ADL_N, Target.Q35));
        assertThat(plan.machine()).isEqualTo(GuestMachine.Q35);
        assertThat(plan.igd().options().toString()).isEqualTo("{x-igd-opregion=on}");
        assertThat(plan.igd().bus()).isEqualTo("pcie.0");
    }

    @Test
    void old_qemu_is_refused_for_a_generation_that_it_does_not_know() {
        assertThat(refusal(qemu("7.2"), null, rom(ADL_N))).contains("use QEMU 10.0 or newer");
        assertThat(refusal(qemu("10.0.13"), null, rom(METEOR_LAKE)))
                .contains("use QEMU 10.1 or newer");
        assertThat(refusal(qemu("10.0.13"), null, rom(AMBER_LAKE)))
                .contains("use QEMU 10.1 or newer");
    }

    @Test
    void gpu_that_qemu_does_not_know_gets_no_size_of_stolen_memory() {
        VmPlan plan =
                plan(
                        qemu("11.1"),
                        TestHost.with(AMBER_LAKE).ggc(0x0100).snapshot(),
                        rom(AMBER_LAKE));
        assertThat(plan.igd().options()).doesNotContainKey("x-igd-gms");
        assertThat(warnings(plan)).anyMatch(text -> text.contains("set more (DVMT)"));
        assertThat(warnings(plan)).anyMatch(text -> text.contains("emulates no base"));
    }

    @Test
    void small_stolen_memory_of_the_host_is_raised() {
        VmPlan plan = plan(qemu("10.1"), TestHost.with(ADL_N).ggc(0x0100).snapshot(), rom(ADL_N));
        assertThat(plan.igd().options()).containsEntry("x-igd-gms", "2");
        plan = plan(qemu("10.1"), TestHost.with(ADL_N).ggc(0x0200).snapshot(), rom(ADL_N));
        assertThat(plan.igd().options()).doesNotContainKey("x-igd-gms");
    }

    @Test
    void host_without_an_lpc_bridge_gets_no_lpc_option() {
        Snapshot other = TestHost.with(ADL_N).lpcClass(0x0c0500).snapshot();
        VmPlan plan = plan(qemu("10.1"), other, rom(ADL_N));
        assertThat(plan.igd().options()).doesNotContainKey("x-igd-lpc");
        assertThat(warnings(plan)).anyMatch(text -> text.contains("class 0601"));
    }

    @Test
    void disabled_vga_is_refused_where_legacy_mode_is_implied() {
        Snapshot disabled = TestHost.with(COFFEE_LAKE).disableVga().snapshot();
        assertThat(refusal(qemu("7.2"), disabled, rom(COFFEE_LAKE))).contains("disable_vga=1");
        assertThat(plan(qemu("10.1"), disabled, rom(COFFEE_LAKE)).igd().options())
                .containsEntry("x-igd-legacy-mode", "off");
    }

    @Test
    void vga_bios_of_the_host_is_refused_unless_its_base_was_cleared() {
        RomFacts stale = vgaBios(COFFEE_LAKE, VgaBios.STALE);
        RomFacts cleared = vgaBios(COFFEE_LAKE, VgaBios.CLEARED);
        assertThat(refusal(qemu("10.1"), null, stale)).contains("garbled");
        VmPlan plan = plan(qemu("10.1"), null, cleared);
        assertThat(plan.firmware()).isEqualTo(GuestFirmware.SEABIOS);
        assertThat(plan.igd().options()).containsEntry("x-igd-legacy-mode", "on");
        assertThat(plan(qemu("7.2"), null, stale).igd().options()).containsEntry("x-igd-gms", "2");
        assertThat(refusal(qemu("10.1").withMachine(GuestMachine.Q35), null, cleared))
                .contains("machine pc only");
        assertThat(refusal(qemu("10.1"), null, vgaBios(ADL_N, VgaBios.CLEARED)))
                .contains("no VGA BIOS exists");
    }

    @Test
    void bar2_is_kept_low_for_the_gop_that_needs_it() {
        PciId apolloLake = PciId.intel(0x5a85);
        assertThat(plan(qemu("10.1"), null, rom(apolloLake)).definition().lowBars()).isTrue();
        assertThat(plan(qemu("10.1"), null, rom(COFFEE_LAKE)).definition().lowBars()).isFalse();
    }

    @Test
    void virtual_function_gets_no_opregion() {
        Snapshot host = TestHost.with(ADL_N).virtual("0000:00:02.1").snapshot();
        VmPlan plan = plan(qemu("10.1"), host, rom(ADL_N));
        assertThat(plan.igd().options().toString()).isEqualTo("{x-igd-opregion=off}");
        assertThat(plan.igd().host()).isEqualTo("0000:00:02.1");
    }

    @Test
    void other_display_controller_needs_qemu_10_1() {
        Snapshot host = TestHost.with(ADL_N).igdClass(0x038000).snapshot();
        assertThat(refusal(qemu("10.0.13"), host, rom(ADL_N))).contains("class 0380");
        VmPlan plan = plan(qemu("11.1"), host, rom(ADL_N));
        assertThat(plan.igd().options()).containsEntry("x-pci-class-code", "0x030000");
        assertThat(warnings(plan)).isEmpty();
        assertThat(warnings(plan(qemu("10.1"), host, rom(ADL_N))))
                .anyMatch(text -> text.contains("10.2"));
    }

    @Test
    void class_of_the_rom_counts_where_the_host_is_not_known() {
        RomFacts known = rom(ADL_N);
        RomFacts other =
                new RomFacts(
                        known.file(),
                        known.ids(),
                        0x038000,
                        known.builtFor(),
                        known.gop(),
                        known.uefi(),
                        known.vgaBios());
        assertThat(refusal(qemu("10.0.13"), null, other)).contains("class 0380");
        VmPlan plan = plan(qemu("11.1"), null, other);
        assertThat(plan.igd().options()).doesNotContainKey("x-pci-class-code");
        assertThat(plan.messages())
                .anyMatch(message -> message.text().contains("6.15 or newer"))
                .anyMatch(message -> message.text().contains("add x-pci-class-code=0x030000"));
        assertThat(warnings(plan(qemu("10.1"), null, other)))
                .anyMatch(text -> text.contains("10.2"));
        Snapshot host = TestHost.with(ADL_N).igdClass(0x030000).snapshot();
        assertThat(plan(qemu("10.0.13"), host, other)).isNotNull();
    }

    @Test
    void macos_gets_an_id_that_it_knows_and_more_stolen_memory() {
        PciId coffeeLakeGt1 = PciId.intel(0x3e90);
        VmPlan plan = plan(qemu("10.1").withGuest(GuestSystem.MACOS), null, rom(coffeeLakeGt1));
        assertThat(plan.igd().options())
                .containsEntry("x-pci-device-id", "0x3e92")
                .containsEntry("x-igd-gms", "4");
        assertThat(plan.macos()).isNotNull();
        assertThat(
                        plan(qemu("10.1").withGuest(GuestSystem.MACOS), null, rom(COFFEE_LAKE))
                                .igd()
                                .options())
                .doesNotContainKey("x-pci-device-id");
        assertThat(refusal(qemu("10.1").withGuest(GuestSystem.MACOS), null, rom(ADL_N)))
                .contains("macOS has no driver for Alder Lake-N");
    }

    @Test
    void sound_that_shares_its_group_is_refused() {
        Snapshot alone = TestHost.with(ADL_N).sound("0000:00:1f.3").snapshot();
        VmPlan plan = plan(qemu("10.1").withAudio(true), alone, rom(ADL_N));
        assertThat(plan.hostFunctions()).containsExactly("0000:00:02.0", "0000:00:1f.3");
        Snapshot shared =
                TestHost.with(ADL_N)
                        .sound("0000:00:1f.0", "0000:00:1f.3", "0000:00:1f.4")
                        .snapshot();
        assertThat(refusal(qemu("10.1").withAudio(true), shared, rom(ADL_N)))
                .contains("shares IOMMU group 9 with 0000:00:1f.0, 0000:00:1f.4");
        assertThat(refusal(qemu("10.1").withAudio(true), null, rom(ADL_N))).contains("not known");
    }

    @Test
    void address_width_is_the_smaller_of_iommu_and_processor() {
        TestHost host = TestHost.with(ADL_N).processorWidth(46);
        assertThat(width(host.iommuWidths(-1, 42, 39))).isEqualTo(39);
        assertThat(width(host.iommuWidths(0, 42, 39))).isEqualTo(42);
        assertThat(width(host.iommuWidths(0, 48))).isEqualTo(46);
        assertThat(plan(qemu("10.1"), null, rom(PciId.intel(0x0116))).addressWidth().bits())
                .isEqualTo(36);
    }

    @Test
    void proxmox_brings_its_qemu() {
        VmRequest eight =
                VmRequest.of(Hypervisor.PROXMOX)
                        .withRomFile("/tmp/igd.rom")
                        .withVersions(new Versions(null, null, ProgramVersion.of("8.4")));
        VmPlan plan = plan(eight, null, rom(COFFEE_LAKE));
        assertThat(plan.definition().versions().qemu()).isEqualTo(ProgramVersion.of("9.2"));
        assertThat(plan.igd().options().toString()).isEqualTo("{x-igd-opregion=on, x-igd-gms=2}");
        assertThat(plan.igd().romFile()).isEqualTo("/usr/share/kvm/igd.rom");
        VmRequest seven = eight.withVersions(new Versions(null, null, ProgramVersion.of("7.4")));
        assertThat(refusal(seven, null, rom(COFFEE_LAKE))).contains("Proxmox VE 7 is not known");
    }

    @Test
    void secure_boot_is_refused_where_ovmf_cannot_protect_it() {
        assertThat(refusal(qemu("10.1").withFirmware(null, true), null, rom(ADL_N)))
                .contains("needs machine q35");
        VmPlan plan =
                plan(
                        qemu("10.1").withMachine(GuestMachine.Q35).withFirmware(null, true),
                        null,
                        rom(ADL_N));
        assertThat(plan.definition().secureBoot()).isTrue();
    }

    @Test
    void bhyve_gets_no_options_and_refuses_what_it_does_not_know() {
        VmPlan plan = plan(bhyve(), null, rom(COFFEE_LAKE, Target.BHYVE));
        assertThat(plan.machine()).isEqualTo(GuestMachine.BHYVE);
        assertThat(plan.igd().options()).isEmpty();
        assertThat(refusal(bhyve(), null, rom(METEOR_LAKE, Target.BHYVE)))
                .contains("Unknown IGD device");
        assertThat(refusal(bhyve().withMachine(GuestMachine.Q35), null, rom(COFFEE_LAKE)))
                .contains("bhyve has no machine q35");
    }

    @Test
    void nothing_known_is_refused_with_what_to_name() {
        assertThat(refusal(qemu("11.1").withRomFile(null), null, null)).contains("no GPU is known");
    }

    private static VmRequest qemu(String version) {
        return VmRequest.of(Hypervisor.QEMU)
                .withRomFile("igd.rom")
                .withVersions(new Versions(ProgramVersion.of(version), null, null));
    }

    private static VmRequest bhyve() {
        return VmRequest.of(Hypervisor.BHYVE).withRomFile("/vm/igd.rom");
    }

    private static VmPlan plan(VmRequest request, @Nullable Snapshot host, @Nullable RomFacts rom) {
        VmResult result = VmPlanner.plan(request, host, rom);
        assertThat(result.messages()).noneMatch(message -> message.severity() == Severity.ERROR);
        return (VmPlan) result;
    }

    /// The first error of a refusal.
    private static String refusal(
            VmRequest request, @Nullable Snapshot host, @Nullable RomFacts rom) {
        VmResult result = VmPlanner.plan(request, host, rom);
        assertThat(result).isInstanceOf(VmResult.Refused.class);
        return result.messages().stream()
                .filter(message -> message.severity() == Severity.ERROR)
                .map(PlanMessage::text)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> warnings(VmPlan plan) {
        return plan.messages().stream()
                .filter(message -> message.severity() == Severity.WARNING)
                .map(PlanMessage::text)
                .toList();
    }

    private static int width(TestHost host) {
        return plan(qemu("10.1"), host.snapshot(), rom(ADL_N)).addressWidth().bits();
    }

    private static RomFacts rom(PciId device, Target... targets) {
        return new RomFacts(
                "igd.rom",
                List.of(device),
                0x030000,
                new BuiltFor(Set.of(targets), device.device(), 0, OpRegionOrigin.NONE),
                true,
                true,
                VgaBios.NONE);
    }

    private static RomFacts vgaBios(PciId device, VgaBios state) {
        return new RomFacts(
                "igd.rom", List.of(device), 0x030000, BuiltFor.UNRECORDED, false, false, state);
    }
}
