package igdrom.plan.vm;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.driver.RomData.BuiltFor;
import igdrom.driver.RomData.OpRegionOrigin;
import igdrom.driver.RomData.Target;
import igdrom.formats.pci.PciId;
import igdrom.plan.GuestMachine;
import igdrom.plan.PlanMessage.Severity;
import igdrom.plan.vm.RomFacts.VgaBios;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VmChecksTest {
    private static final String GOOD = "x-igd-legacy-mode=off,x-igd-opregion=on,x-igd-lpc=on";
    private static final RomFacts ROM =
            new RomFacts(
                    "igd.rom",
                    List.of(PciId.intel(0x46d1)),
                    0x030000,
                    new BuiltFor(Set.of(), 0x46d1, 0, OpRegionOrigin.NONE),
                    true,
                    true,
                    VgaBios.NONE);

    @Test
    void good_definition_has_no_problem() {
        assertThat(check("11.1", GuestMachine.PC, GOOD)).isEmpty();
        assertThat(check("11.1", GuestMachine.Q35, "x-igd-opregion=on")).isEmpty();
    }

    @Test
    void boolean_for_legacy_mode_is_an_error_with_what_qemu_says() {
        for (String value : List.of("1", "true", "yes")) {
            assertThat(
                            check(
                                    "11.1",
                                    GuestMachine.PC,
                                    "x-igd-legacy-mode="
                                            + value
                                            + ",x-igd-opregion=on,x-igd-lpc=on"))
                    .contains(
                            new VmProblem(
                                    Severity.ERROR,
                                    "x-igd-legacy-mode",
                                    "takes on, off or auto, not '" + value + "'",
                                    "Parameter 'x-igd-legacy-mode' does not accept value '"
                                            + value
                                            + "'",
                                    "write on, off or auto"));
        }
    }

    @Test
    void lpc_on_q35_is_an_error_with_what_qemu_says() {
        assertThat(check("11.1", GuestMachine.Q35, "x-igd-opregion=on,x-igd-lpc=on"))
                .containsExactly(
                        new VmProblem(
                                Severity.ERROR,
                                "x-igd-lpc",
                                "q35 has an LPC bridge of its own at 00:1f.0",
                                "Cannot create LPC bridge due to existing device at 1f.0",
                                "remove it: the GOP in the ROM can be edited for q35 instead"));
    }

    @Test
    void legacy_mode_on_q35_is_an_error() {
        assertThat(errors("11.1", GuestMachine.Q35, "x-igd-opregion=on,x-igd-legacy-mode=on"))
                .containsExactly("x-igd-legacy-mode: legacy mode exists on machine pc only");
    }

    @Test
    void size_of_stolen_memory_out_of_range_is_an_error() {
        assertThat(errors("11.1", GuestMachine.PC, GOOD + ",x-igd-gms=0x41"))
                .containsExactly(
                        "x-igd-gms: 0x41 is out of range: QEMU takes 0 to 0x40 or 0xf0 to 0xfe for"
                                + " this GPU");
        assertThat(errors("11.1", GuestMachine.PC, GOOD + ",x-igd-gms=0xf0")).isEmpty();
        assertThat(errors("10.0", GuestMachine.PC, GOOD + ",x-igd-gms=0xf0")).hasSize(1);
        assertThat(errors("11.1", GuestMachine.PC, GOOD + ",x-igd-gms=lots"))
                .containsExactly("x-igd-gms: takes a number, not 'lots'");
        assertThat(errors("11.1", GuestMachine.PC, GOOD + ",x-igd-gms=-1")).hasSize(1);
    }

    @Test
    void property_of_a_newer_qemu_is_an_error() {
        assertThat(check("9.2", GuestMachine.PC, GOOD))
                .contains(
                        new VmProblem(
                                Severity.ERROR,
                                "x-igd-lpc",
                                "QEMU has it from 10.0 on, and this is 9.2",
                                "Property 'vfio-pci.x-igd-lpc' not found",
                                "remove it, or use a newer QEMU"));
        assertThat(errors("11.1", GuestMachine.PC, GOOD + ",x-igd-lcp=on"))
                .containsExactly("x-igd-lcp: no QEMU that is known has this property");
    }

    @Test
    void missing_opregion_and_automatic_legacy_mode_are_warnings() {
        List<VmProblem> problems =
                check("10.0", GuestMachine.PC, "x-igd-legacy-mode=auto,x-igd-lpc=on");
        assertThat(problems)
                .allMatch(problem -> problem.severity() == Severity.WARNING)
                .extracting(VmProblem::subject)
                .containsExactly("x-igd-opregion", "x-igd-legacy-mode");
        assertThat(check("11.1", GuestMachine.PC, "x-igd-opregion=off"))
                .extracting(VmProblem::subject)
                .containsExactlyInAnyOrder("x-igd-legacy-mode", "x-igd-opregion", "x-igd-lpc");
    }

    @Test
    void address_other_than_slot_2_of_the_root_bus_is_an_error() {
        assertThat(check(vm("11.1", GuestMachine.PC, GOOD, "pci.0", new SlotAddress(0x10, 0))))
                .extracting(VmProblem::subject)
                .containsExactly("addr");
        assertThat(
                        check(
                                vm(
                                        "11.1",
                                        GuestMachine.Q35,
                                        "x-igd-opregion=on",
                                        "ich9-pcie-port-1",
                                        SlotAddress.IGD)))
                .extracting(VmProblem::subject)
                .containsExactly("addr");
        assertThat(
                        check(
                                vm(
                                        "11.1",
                                        GuestMachine.Q35,
                                        "x-igd-opregion=on",
                                        "pci.0",
                                        SlotAddress.IGD)))
                .extracting(VmProblem::subject)
                .containsExactly("addr");
    }

    @Test
    void device_in_the_slot_of_the_igd_or_of_its_bridge_is_an_error() {
        VmDefinition vm =
                with(
                        vm("11.1", GuestMachine.PC, GOOD, "pci.0", SlotAddress.IGD),
                        List.of(
                                new GuestDevice("net0", null, "pci.0", new SlotAddress(2, 0)),
                                new GuestDevice("pci.2", null, "pci.0", new SlotAddress(0x1f, 0)),
                                new GuestDevice("net1", null, "pci.1", new SlotAddress(2, 0)),
                                new GuestDevice("net2", null, "pci.0", new SlotAddress(3, 0))));
        assertThat(check(vm))
                .extracting(VmProblem::subject)
                .containsExactly("device net0", "device pci.2");
    }

    @Test
    void rom_for_another_machine_is_an_error() {
        RomFacts other =
                new RomFacts(
                        "igd.rom",
                        List.of(PciId.intel(0x46d1)),
                        0x030000,
                        new BuiltFor(Set.of(Target.Q35), 0x46d1, 0, OpRegionOrigin.NONE),
                        true,
                        true,
                        VgaBios.NONE);
        assertThat(
                        VmChecks.check(
                                vm("11.1", GuestMachine.PC, GOOD, "pci.0", SlotAddress.IGD),
                                null,
                                other))
                .extracting(VmProblem::text)
                .containsExactly("igd.rom was not built for pc");
    }

    @Test
    void impossible_combination_is_an_error_with_the_reason_of_the_table() {
        assertThat(errors("7.2", GuestMachine.PC, "x-igd-opregion=on"))
                .singleElement()
                .asString()
                .contains("use QEMU 10.0 or newer");
    }

    private static List<VmProblem> check(String qemu, GuestMachine machine, String options) {
        return check(
                vm(
                        qemu,
                        machine,
                        options,
                        machine == GuestMachine.PC ? "pci.0" : "pcie.0",
                        SlotAddress.IGD));
    }

    private static List<VmProblem> check(VmDefinition vm) {
        return VmChecks.check(vm, null, ROM);
    }

    private static List<String> errors(String qemu, GuestMachine machine, String options) {
        List<String> errors = new ArrayList<>();
        for (VmProblem problem : check(qemu, machine, options)) {
            if (problem.severity() == Severity.ERROR) {
                errors.add(problem.subject() + ": " + problem.text());
            }
        }
        return errors;
    }

    private static VmDefinition vm(
            String qemu, GuestMachine machine, String options, String bus, SlotAddress address) {
        SequencedMap<String, String> map = new LinkedHashMap<>();
        for (String option : options.split(",", -1)) {
            int equals = option.indexOf('=');
            map.put(option.substring(0, equals), option.substring(equals + 1));
        }
        return new VmDefinition(
                Hypervisor.QEMU,
                new Versions(ProgramVersion.of(qemu), null, null),
                machine,
                GuestFirmware.UEFI,
                false,
                8192,
                null,
                new IgdDevice("0000:00:02.0", bus, address, map, "igd.rom"),
                List.of(),
                false,
                false,
                null);
    }

    private static VmDefinition with(VmDefinition vm, List<GuestDevice> others) {
        return new VmDefinition(
                vm.hypervisor(),
                vm.versions(),
                vm.machine(),
                vm.firmware(),
                vm.secureBoot(),
                vm.memoryMiB(),
                vm.addressWidth(),
                vm.igd(),
                others,
                vm.emulatedDisplay(),
                vm.lowBars(),
                vm.guest());
    }
}
