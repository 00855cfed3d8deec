package igdrom.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.formats.pci.PciId;
import igdrom.plan.GuestMachine;
import igdrom.plan.vm.GuestFirmware;
import igdrom.plan.vm.GuestSystem;
import igdrom.plan.vm.Hypervisor;
import igdrom.plan.vm.VmPlan;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;

class ConfigurationsTest {
    @Test
    void configuration_for_each_hypervisor_is_the_golden_text() throws IOException {
        check("qemu-pc.txt", TestVms.plan(TestVms.qemu("10.0", GuestMachine.PC), TestVms.ADL_N));
        check(
                "qemu-q35-windows.txt",
                TestVms.plan(
                        TestVms.qemu("11.1", GuestMachine.Q35)
                                .withGuest(GuestSystem.WINDOWS)
                                .withFirmware(GuestFirmware.UEFI, true),
                        TestVms.APOLLO_LAKE));
        check(
                "libvirt-pc.txt",
                TestVms.plan(TestVms.libvirt("11.3", GuestMachine.PC), TestVms.ADL_N));
        check(
                "libvirt-q35-old.txt",
                TestVms.plan(TestVms.libvirt("9.0", GuestMachine.Q35), TestVms.APOLLO_LAKE));
        check("proxmox-pc.txt", TestVms.plan(TestVms.proxmox("9", GuestMachine.PC), TestVms.ADL_N));
        check(
                "proxmox-8-macos.txt",
                TestVms.plan(
                        TestVms.proxmox("8.4", GuestMachine.PC).withGuest(GuestSystem.MACOS),
                        TestVms.COFFEE_LAKE));
        check(
                "bhyve.txt",
                TestVms.plan(TestVms.request(Hypervisor.BHYVE, null), TestVms.COFFEE_LAKE));
    }

    private static void check(String name, VmPlan plan) throws IOException {
        GoldenText.check(name, Configurations.write(plan));
    }

    @Test
    void no_configuration_chooses_an_accelerator_by_what_exists() {
        for (Hypervisor hypervisor : Hypervisor.values()) {
            for (ConfigPart part :
                    Configurations.write(
                            TestVms.plan(TestVms.request(hypervisor, null), TestVms.COFFEE_LAKE))) {
                assertThat(part.text()).doesNotContain("/dev/kvm", "tcg", "=auto", "'auto'");
            }
        }
    }

    @Test
    void definition_of_libvirt_is_well_formed_with_a_hostile_name_of_the_rom()
            throws XMLStreamException {
        VmPlan plan =
                TestVms.plan(
                        TestVms.libvirt("11.3", GuestMachine.PC)
                                .withRomFile("/root/a'b<c>&--\".rom"),
                        TestVms.ADL_N);
        XMLStreamReader reader =
                XMLInputFactory.newInstance()
                        .createXMLStreamReader(new StringReader(LibvirtText.domain(plan)));
        String file = "";
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamReader.START_ELEMENT
                    && reader.getLocalName().equals("rom")) {
                file = reader.getAttributeValue(null, "file");
            }
        }
        assertThat(file).isEqualTo("/var/lib/libvirt/qemu/a'b<c>&--\".rom");
    }

    @Test
    void secure_boot_is_named_in_each_definition_of_libvirt() {
        VmPlan without = TestVms.plan(TestVms.libvirt("11.3", GuestMachine.Q35), TestVms.ADL_N);
        assertThat(LibvirtText.domain(without))
                .contains("<feature enabled='no' name='secure-boot'/>");
        VmPlan with =
                TestVms.plan(
                        TestVms.libvirt("11.3", GuestMachine.Q35).withFirmware(null, true),
                        TestVms.ADL_N);
        assertThat(LibvirtText.domain(with))
                .contains("<feature enabled='yes' name='secure-boot'/>", "<smm state='on'/>");
    }

    @Test
    void libvirt_without_overrides_gets_global_options() {
        VmPlan plan = TestVms.plan(TestVms.libvirt("7.0", GuestMachine.PC), TestVms.ADL_N);
        assertThat(LibvirtText.domain(plan))
                .contains("<qemu:arg value='vfio-pci.x-igd-lpc=on'/>")
                .doesNotContain("qemu:override");
    }

    @Test
    void numbers_for_libvirt_are_decimal() {
        VmPlan plan =
                TestVms.plan(
                        TestVms.libvirt("11.3", GuestMachine.PC).withGuest(GuestSystem.MACOS),
                        PciId.intel(0x3e90));
        assertThat(LibvirtText.domain(plan))
                .contains(
                        "<qemu:property name='x-pci-device-id' type='unsigned' value='16018'/>",
                        "<qemu:property name='x-igd-gms' type='unsigned' value='4'/>");
    }

    @Test
    void comma_in_the_name_of_a_rom_is_doubled_for_qemu_and_quoted_for_the_shell() {
        VmPlan plan =
                TestVms.plan(
                        TestVms.qemu("11.1", GuestMachine.PC).withRomFile("/root/my roms/a,b.rom"),
                        TestVms.ADL_N);
        List<String> igd = QemuText.igd(plan);
        assertThat(igd.getLast()).endsWith(",romfile=/root/my roms/a,,b.rom");
        assertThat(Configurations.write(plan).getFirst().text())
                .contains("-device 'vfio-pci,", "romfile=/root/my roms/a,,b.rom'");
    }
}
