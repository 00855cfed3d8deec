package igdrom.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.plan.GuestMachine;
import igdrom.plan.PlanMessage.Severity;
import igdrom.plan.vm.GuestFirmware;
import igdrom.plan.vm.Hypervisor;
import igdrom.plan.vm.IgdDevice;
import igdrom.plan.vm.ProgramVersion;
import igdrom.plan.vm.SlotAddress;
import igdrom.plan.vm.Versions;
import igdrom.plan.vm.VmChecks;
import igdrom.plan.vm.VmDefinition;
import igdrom.plan.vm.VmPlan;
import igdrom.plan.vm.VmProblem;
import igdrom.testing.Corpus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class VmReaderTest {
    /// What is written is read back with the same GPU, and nothing is wrong with it.
    @Test
    void definitions_that_are_written_are_read_back_without_a_problem() {
        for (GuestMachine machine : List.of(GuestMachine.PC, GuestMachine.Q35)) {
            VmPlan qemu = TestVms.plan(TestVms.qemu("10.1", machine), TestVms.ADL_N);
            isRight(qemu, Configurations.write(qemu).getFirst().text());
            VmPlan libvirt = TestVms.plan(TestVms.libvirt("11.3", machine), TestVms.APOLLO_LAKE);
            isRight(libvirt, LibvirtText.domain(libvirt));
            VmPlan old = TestVms.plan(TestVms.libvirt("7.0", machine), TestVms.ADL_N);
            isRight(old, LibvirtText.domain(old));
            VmPlan proxmox = TestVms.plan(TestVms.proxmox("9", machine), TestVms.APOLLO_LAKE);
            isRight(proxmox, Configurations.write(proxmox).get(2).text() + "memory: 8192\n");
        }
        VmPlan bhyve = TestVms.plan(TestVms.request(Hypervisor.BHYVE, null), TestVms.COFFEE_LAKE);
        isRight(bhyve, Configurations.write(bhyve).get(1).text());
        isRight(bhyve, Configurations.write(bhyve).get(3).text());
    }

    private static void isRight(VmPlan plan, String text) {
        ReadVm read = VmReader.read("vm", text);
        assertThat(read.hypervisor()).isEqualTo(plan.definition().hypervisor());
        assertThat(read.problems()).isEmpty();
        IgdDevice igd = igd(read.vm());
        assertThat(igd.host()).isEqualTo(plan.igd().host());
        assertThat(igd.address()).isEqualTo(plan.igd().address());
        assertThat(igd.romFile()).isEqualTo(plan.igd().romFile());
        assertThat(new LinkedHashMap<>(igd.options()))
                .isEqualTo(new LinkedHashMap<>(plan.igd().options()));
        assertThat(read.vm().machine()).isEqualTo(plan.machine());
        assertThat(read.vm().firmware()).isEqualTo(plan.firmware());
        assertThat(read.vm().memoryMiB()).isEqualTo(plan.memoryMiB());
        assertThat(read.vm().lowBars()).isEqualTo(plan.definition().lowBars());
        if (plan.definition().hypervisor().isQemu()) {
            assertThat(Objects.requireNonNull(read.vm().addressWidth()).bits())
                    .isEqualTo(plan.addressWidth().bits());
        }
        assertThat(VmChecks.check(on(read.vm(), "10.1"), null, TestVms.rom(plan.device())))
                .isEmpty();
    }

    private static IgdDevice igd(VmDefinition vm) {
        return Objects.requireNonNull(vm.igd());
    }

    private static VmDefinition on(VmDefinition vm, String qemu) {
        return vm.withVersions(new Versions(ProgramVersion.of(qemu), null, null));
    }

    /// The errors, each with its line, and what Proxmox VE was seen to say.
    @Test
    void configurations_of_proxmox_are_read_with_the_errors_that_it_reported() {
        assertThat(errors("pve9-b-lpc.conf")).isEmpty();
        assertThat(errors("pve9-c-nolegacy.conf"))
                .containsExactly(
                        "13 legacy-igd: Cannot create LPC bridge due to existing device at 1f.0");
        assertThat(errors("pve9-e-q35pcie.conf"))
                .containsExactly(
                        "13 addr: the IGD is at 00.0 of ich9-pcie-port-1 in the guest: drivers and"
                                + " GOPs look for it at 00:02.0 only");
        assertThat(errors("pve9-f-q35legacy.conf"))
                .contains("13 legacy-igd: legacy IGD assignment is not compatible with q35");
        assertThat(errors("pve9-h-novga.conf"))
                .contains("12 legacy-igd: legacy IGD assignment requires VGA mode to be 'none'");
        assertThat(errors("pve9-i-badkey.conf"))
                .contains(
                        "13 x-igd-lpc: unable to parse value of 'hostpci0' - format error:"
                                + " x-igd-lpc: property is not defined in schema");
    }

    private static List<String> errors(String file) {
        ReadVm read = VmReader.read(file, Corpus.image("hypervisors/" + file).latin1());
        List<VmProblem> problems = new ArrayList<>(read.problems());
        problems.addAll(VmChecks.check(on(read.vm(), "10.1"), null, TestVms.rom(TestVms.ADL_N)));
        List<String> errors = new ArrayList<>();
        for (VmProblem problem : problems) {
            if (problem.severity() == Severity.ERROR) {
                String what = read.problems().contains(problem) ? problem.says() : problem.text();
                errors.add(read.line(problem.subject()) + " " + problem.subject() + ": " + what);
            }
        }
        return errors;
    }

    @Test
    void command_lines_that_proxmox_made_are_read_as_its_configurations_are() {
        for (String file : List.of("pve9-b-lpc.conf", "pve9-c-nolegacy.conf", "pve9-d-q35.conf")) {
            VmDefinition made =
                    VmReader.read(file, Corpus.image("hypervisors/" + file + ".cmd").latin1()).vm();
            VmDefinition source =
                    VmReader.read(file, Corpus.image("hypervisors/" + file).latin1()).vm();
            assertThat(made.igd()).isEqualTo(source.igd());
            assertThat(made.machine()).isEqualTo(source.machine());
            assertThat(made.firmware()).isEqualTo(source.firmware());
            assertThat(made.memoryMiB()).isEqualTo(source.memoryMiB());
        }
    }

    @Test
    void samples_of_libvirt_and_vm_bhyve_are_read() {
        for (String file : List.of("sample-pc-ovmf.xml", "pc.xml", "q35.xml", "q35-tcg.xml")) {
            ReadVm read = VmReader.read(file, Corpus.image("hypervisors/" + file).latin1());
            assertThat(read.problems()).isEmpty();
            assertThat(igd(read.vm()).options()).containsEntry("x-igd-opregion", "on");
            assertThat(read.vm().firmware()).isEqualTo(GuestFirmware.UEFI);
            assertThat(VmChecks.check(on(read.vm(), "10.1"), null, TestVms.rom(TestVms.ADL_N)))
                    .isEmpty();
        }
        ReadVm vmBhyve = VmReader.read("vmb.conf", Corpus.image("hypervisors/vmb.conf").latin1());
        assertThat(vmBhyve.problems()).isEmpty();
        assertThat(igd(vmBhyve.vm()).romFile()).isEqualTo("/vm/igd.rom");
        assertThat(vmBhyve.line("romfile")).isEqualTo(3);
    }

    @Test
    void setting_of_bhyve_that_nobody_reads_is_an_error_with_its_line() {
        ReadVm read =
                VmReader.read(
                        "run.sh",
                        """
                        bhyve -s 0,hostbridge \\
                         -s 2,passthru,0/2/0,rom=/igd.rom \\
                         -s 31,lpc,fwcfg=qemu vm
                        """);
        assertThat(read.problems())
                .extracting(VmProblem::fix)
                .containsExactly("add -o lpc.fwcfg=qemu");
        assertThat(read.line("fwcfg")).isEqualTo(3);
    }

    @Test
    void wrong_type_of_an_override_is_an_error_with_what_qemu_says() {
        String xml =
                LibvirtText.domain(
                                TestVms.plan(
                                        TestVms.libvirt("11.3", GuestMachine.PC), TestVms.ADL_N))
                        .replace(
                                "name='x-igd-legacy-mode' type='string' value='off'",
                                "name='x-igd-legacy-mode' type='bool' value='false'");
        ReadVm read = VmReader.read("d.xml", xml);
        assertThat(read.problems())
                .extracting(VmProblem::says)
                .containsExactly(
                        "Invalid parameter type for 'x-igd-legacy-mode', expected: string");
        assertThat(xml.split("\n", -1)[read.line("x-igd-legacy-mode") - 1])
                .contains("x-igd-legacy-mode' type='bool'");
    }

    @Test
    void root_port_in_slot_2_is_found_with_its_line() {
        String xml =
                "<domain type='kvm'>\n<os firmware='efi'><type machine='q35'>hvm</type></os>\n"
                        + "<devices>\n<controller type='pci' model='pcie-root-port'>\n"
                        + "<address type='pci' bus='0x00' slot='0x02' function='0x0'/>\n"
                        + "</controller>\n<hostdev type='pci'><source><address bus='0' slot='0x02'"
                        + "/></source></hostdev></devices></domain>";
        ReadVm read = VmReader.read("d.xml", xml);
        List<VmProblem> problems =
                VmChecks.check(on(read.vm(), "10.1"), null, TestVms.rom(TestVms.ADL_N));
        assertThat(problems)
                .extracting(problem -> read.line(problem.subject()) + " " + problem.subject())
                .contains("5 device controller pcie-root-port", "7 addr");
    }

    @Test
    void external_entities_and_document_types_are_refused() {
        String xml = "<!DOCTYPE d [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><domain>&e;</domain>";
        assertThatThrownBy(() -> VmReader.read("d.xml", xml))
                .isInstanceOf(MalformedVmException.class)
                .hasMessageStartingWith("d.xml");
    }

    @Test
    void text_that_is_no_definition_is_refused() {
        assertThatThrownBy(() -> VmReader.read("notes", "buy milk\n"))
                .hasMessage(
                        "notes: is neither a command line of QEMU or bhyve, nor XML of libvirt,"
                                + " nor a configuration of Proxmox VE or vm-bhyve");
        assertThatThrownBy(() -> VmReader.read("x", "qemu-system-x86_64 -name 'a\n"))
                .hasMessage("x line 1: a quote is not closed");
        assertThatThrownBy(() -> VmReader.read("x", "<domain><a></domain>"))
                .hasMessage("x line 1: is not well-formed XML");
        assertThatThrownBy(() -> VmReader.read("x", "<network/>"))
                .hasMessage("x line 1: is <network>, not a <domain>");
    }

    @Test
    void display_of_qemu_by_default_takes_the_slot_of_the_gpu() {
        ReadVm read =
                VmReader.read(
                        "run.sh",
                        "qemu-system-x86_64 -machine pc \\\n"
                                + "-device '{\"driver\":\"vfio-pci\",\"host\":\"00:02.0\","
                                + "\"addr\":\"0x2\",\"x-igd-lpc\":true}'\n");
        assertThat(read.vm().emulatedDisplay()).isTrue();
        assertThat(igd(read.vm()).options()).isEqualTo(Map.of("x-igd-lpc", "true"));
        assertThat(igd(read.vm()).address()).isEqualTo(SlotAddress.IGD);
        assertThat(read.line("x-igd-lpc")).isEqualTo(2);
    }
}
