package igdrom.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.plan.GuestMachine;
import igdrom.plan.vm.ProgramVersion;
import igdrom.plan.vm.Versions;
import igdrom.plan.vm.VmChecks;
import igdrom.plan.vm.VmDefinition;
import igdrom.plan.vm.VmPlan;
import igdrom.testing.Corpus;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class VmEditTest {
    private static final String CONF =
            """
            # Ümlaute and a note
            agent: 1
            args: -device foo,id=x -set device.hostpci0.x-igd-gms=0x9
            bios: ovmf
            cpu: x86-64-v2-AES,flags=+aes
            machine: pc-i440fx-9.0
            net0: virtio=AA:BB:CC:DD:EE:FF,bridge=vmbr0
            unknown-key: kept

            [before]
            vga: std
            hostpci0: 0000:01:00.0
            """;

    private static final String DOMAIN =
            """
            <?xml version="1.0"?>
            <!-- mine -->
            <domain type="kvm" id='7'>
              <name>guest</name>
              <os firmware='efi'><type machine='pc'>hvm</type></os>
              <cpu mode='host-passthrough'/>
              <devices>
                <disk type='file'><source file='/a&amp;b'/></disk>
                <hostdev mode='subsystem' type='pci' managed='yes'>
                  <source>
                    <address domain='0x0000' bus='0x00' slot='0x02' function='0x0'/>
                  </source>
                  <boot order='3'/>
                </hostdev>
                <graphics type='spice'/>
                <video><model type='qxl'/></video>
                <video><model type='virtio'/></video>
              </devices>
              <seclabel type='none'/>
            </domain>
            """;

    private static VmPlan proxmox() {
        return TestVms.plan(TestVms.proxmox("9", GuestMachine.PC), TestVms.ADL_N);
    }

    private static VmPlan libvirt() {
        return TestVms.plan(TestVms.libvirt("11.3", GuestMachine.PC), TestVms.APOLLO_LAKE);
    }

    @Test
    void configuration_of_proxmox_keeps_everything_else_and_its_snapshots() {
        VmEdit edit = ProxmoxEdit.of("100.conf", CONF, proxmox(), "");
        assertThat(edit.refusals()).isEmpty();
        assertThat(edit.after())
                .isEqualTo(
                        """
                        # Ümlaute and a note
                        agent: 1
                        args: -device foo,id=x -set device.hostpci0.x-igd-legacy-mode=off \
                        -set device.hostpci0.x-igd-opregion=on -set device.hostpci0.x-igd-lpc=on
                        bios: ovmf
                        cpu: x86-64-v2-AES,flags=+aes,phys-bits=39
                        machine: pc-i440fx-9.0
                        net0: virtio=AA:BB:CC:DD:EE:FF,bridge=vmbr0
                        unknown-key: kept
                        vga: none
                        hostpci0: 0000:00:02.0,legacy-igd=1,romfile=igd.rom

                        [before]
                        vga: std
                        hostpci0: 0000:01:00.0
                        """);
    }

    @Test
    void second_time_changes_nothing() {
        String once = ProxmoxEdit.of("100.conf", CONF, proxmox(), "100").after();
        assertThat(once).contains("hookscript: local:snippets/igdrom-100.sh\n");
        assertThat(ProxmoxEdit.of("100.conf", once, proxmox(), "100").changes()).isFalse();
        String domain = LibvirtEdit.of("guest.xml", DOMAIN, libvirt()).after();
        assertThat(LibvirtEdit.of("guest.xml", domain, libvirt()).after()).isEqualTo(domain);
    }

    @Test
    void configurations_that_are_locked_or_taken_stay() {
        assertThat(refusals("lock: backup\n")).containsExactly("the VM is locked (lock: backup)");
        assertThat(refusals("hostpci0: 0000:01:00.0,pcie=1\n"))
                .containsExactly("hostpci0 is another device: 0000:01:00.0,pcie=1");
        assertThat(refusals("hostpci1: 0000:00:02.0\n"))
                .containsExactly("the GPU is already hostpci1, and must be hostpci0");
        assertThat(refusals("args: -device e1000,id=n,bus=pci.0,addr=0x2\n"))
                .containsExactly("n is in slot 2, where the GPU belongs");
    }

    private static List<String> refusals(String line) {
        VmEdit edit = ProxmoxEdit.of("100.conf", "machine: pc\n" + line, proxmox(), "");
        assertThat(edit.changes()).isFalse();
        return edit.refusals();
    }

    @Test
    void configuration_that_proxmox_took_is_right_already() {
        String text = Corpus.image("hypervisors/pve9-b-lpc.conf").latin1();
        assertThat(ProxmoxEdit.of("b.conf", text, proxmox(), "").changes()).isFalse();
    }

    @Test
    void domain_of_libvirt_gets_the_gpu_and_keeps_everything_else() {
        VmEdit edit = LibvirtEdit.of("guest.xml", DOMAIN, libvirt());
        assertThat(edit.refusals()).isEmpty();
        assertThat(edit.after())
                .contains(
                        "<!-- mine -->\n"
                                + "<domain xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'"
                                + " type=\"kvm\" id='7'>",
                        "<source file='/a&amp;b'/>",
                        "<boot order='3'/>\n",
                        "<alias name='ua-igd'/>",
                        "<rom bar='on' file='/var/lib/libvirt/qemu/igd.rom'/>",
                        "<maxphysaddr mode='passthrough' limit='39'/></cpu>",
                        "<video><model type='none'/></video>\n  </devices>",
                        "<seclabel type='none'/>")
                .doesNotContain("qxl", "virtio'", "spice");
        VmDefinition vm = VmReader.read("guest.xml", edit.after()).vm();
        assertThat(Objects.requireNonNull(vm.igd()).options()).isEqualTo(libvirt().igd().options());
        assertThat(vm.lowBars()).isTrue();
        VmDefinition known =
                new VmDefinition(
                        vm.hypervisor(),
                        new Versions(ProgramVersion.of("10.1"), null, null),
                        vm.machine(),
                        vm.firmware(),
                        vm.secureBoot(),
                        vm.memoryMiB(),
                        vm.addressWidth(),
                        vm.igd(),
                        vm.others(),
                        vm.emulatedDisplay(),
                        vm.lowBars(),
                        vm.guest());
        assertThat(VmChecks.check(known, null, TestVms.rom(TestVms.APOLLO_LAKE))).isEmpty();
    }

    @Test
    void domain_with_another_device_in_slot_2_stays() {
        VmEdit edit = LibvirtEdit.of("guest.xml", with(device("sound", "ich9", 2, 0)), libvirt());
        assertThat(edit.changes()).isFalse();
        assertThat(edit.refusals())
                .containsExactly("sound ich9 is in slot 2, where the GPU belongs: move it first");
    }

    @Test
    void root_ports_in_slot_2_move_and_keep_their_order() {
        String ports =
                device("controller", "pcie-root-port", 2, 0)
                        + device("controller", "pcie-root-port", 2, 1)
                        + device("controller", "pcie-root-port", 3, 0)
                        + device("sound", "ich9", 4, 0)
                        + device("controller", "pcie-root-port", 6, 0);
        VmEdit edit = LibvirtEdit.of("guest.xml", with(ports), libvirt());
        assertThat(edit.refusals()).isEmpty();
        assertThat(edit.after())
                .contains(
                        device("controller", "pcie-root-port", 3, 0)
                                + device("controller", "pcie-root-port", 3, 1)
                                + device("controller", "pcie-root-port", 5, 0)
                                + device("sound", "ich9", 4, 0)
                                + device("controller", "pcie-root-port", 6, 0));
        assertThat(edit.notes())
                .containsExactly(
                        "root ports move from slot 2 to 3 and from slot 3 to 5; they keep their"
                                + " order, and the buses of the guest their numbers");
        assertThat(LibvirtEdit.of("guest.xml", edit.after(), libvirt()).changes()).isFalse();
    }

    @Test
    void domain_with_root_ports_and_no_free_slot_stays() {
        StringBuilder full = new StringBuilder(device("controller", "pcie-root-port", 2, 0));
        for (int slot = 3; slot < 0x1f; slot++) {
            full.append(device("sound", "ich9", slot, 0));
        }
        VmEdit edit = LibvirtEdit.of("guest.xml", with(full.toString()), libvirt());
        assertThat(edit.changes()).isFalse();
        assertThat(edit.refusals()).hasSize(1);
    }

    private static String device(String name, String model, int slot, int function) {
        return "<%s type='pci' model='%s'><address type='pci' domain='0x0000' bus='0x00' slot='0x%02x' function='0x%d'/></%s>"
                .formatted(name, model, slot, function, name);
    }

    private static String with(String devices) {
        return DOMAIN.replace("<graphics type='spice'/>", devices);
    }
}
