package igdrom.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.plan.GuestMachine;
import igdrom.plan.vm.Hypervisor;
import igdrom.plan.vm.VmPlan;
import igdrom.testing.Corpus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VmRedactionTest {
    private static final String HOST = "muriels-server";

    @Test
    void proxmox_keeps_what_helps_and_loses_who_it_is() {
        assertThat(
                        redacted(
                                """
                                # Muriel's machine, ask muriel@example.org
                                name: muriel-win11
                                machine: pc-q35-10.1
                                bios: ovmf
                                memory: 8192
                                hostpci0: 0000:00:02.0,romfile=igd.rom
                                args: -smbios type=1,serial=ABC -fw_cfg name=opt/x,string=0
                                net0: virtio=BC:24:11:5A:B1:C2,bridge=vmbr0
                                scsi0: local:vm-100-disk-0,serial=S3Z9NB0K,size=64G
                                cipassword: $5$abc
                                ipconfig0: ip=192.168.7.9/24
                                smbios1: uuid=3dd750ce-d910-44d0-9493-525c0be4e687
                                """))
                .isEqualTo(
                        new VmRedaction(
                                """
                                #<removed>
                                name: <removed>
                                machine: pc-q35-10.1
                                bios: ovmf
                                memory: 8192
                                hostpci0: 0000:00:02.0,romfile=igd.rom
                                args: -smbios <removed> -fw_cfg name=opt/x,string=0
                                net0: <removed>
                                scsi0: local:vm-100-disk-0,serial=<removed>,size=64G
                                cipassword: <removed>
                                ipconfig0: <removed>
                                smbios1: <removed>
                                """,
                                Map.of(
                                        "names and comments",
                                        2,
                                        "serial numbers, UUIDs and MAC addresses",
                                        4,
                                        "passwords and keys",
                                        1,
                                        "host names and addresses",
                                        1)));
    }

    @Test
    void xml_stays_xml_with_the_same_lines() {
        String text =
                """
                <domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
                  <name>muriel</name><uuid>3dd750ce-d910-44d0-9493-525c0be4e687</uuid>
                  <!-- for
                       Muriel -->
                  <title>Muriel</title>
                  <metadata><a>
                    Muriel</a></metadata>
                  <os firmware='efi'><type arch='x86_64' machine='q35'>hvm</type></os>
                  <sysinfo><system><entry name='serial'>S3Z9</entry></system></sysinfo>
                  <devices>
                    <disk><source file='/home/muriel/win.qcow2'/><serial>WD-1</serial></disk>
                    <interface><mac address='52:54:00:5a:b1:c2'/></interface>
                    <graphics type='vnc' listen='192.168.7.9' passwd='geheim'/>
                    <rom file='/var/lib/muriels-server/igd.rom'/>
                  </devices>
                  <qemu:commandline><qemu:arg value='isa-applesmc,osk=ourhardwork'/></qemu:commandline>
                </domain>
                """;
        VmRedaction redaction = redacted(text);
        assertThat(redaction.text())
                .startsWith("<domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/")
                .contains("<name>&lt;removed&gt;</name><uuid>&lt;removed&gt;</uuid>")
                .contains("<source file='/home/&lt;removed&gt;'/><serial>&lt;removed&gt;</serial>")
                .contains("machine='q35'", "osk=&lt;removed&gt;", "passwd='&lt;removed&gt;'")
                .doesNotContainIgnoringCase("muriel")
                .doesNotContain("geheim", "S3Z9", "WD-1", "52:54", "192.168", "ourhardwork");
        ReadVm read = VmReader.read("vm", redaction.text());
        assertThat(read.vm()).isEqualTo(VmReader.read("vm", text).vm());
        assertThat(redaction.text().lines().count()).isEqualTo(text.lines().count());
    }

    @Test
    void command_lines_lose_names_paths_and_passwords() {
        VmRedaction redaction =
                redacted(
                        """
                        #!/bin/sh
                        # Muriel's
                        qemu-system-x86_64 -machine q35 -name muriel,debug-threads=on \\
                          -uuid 3dd750ce-d910-44d0-9493-525c0be4e687 \\
                          -drive file=/home/muriel/a.img,serial=9 -vnc 192.168.7.9:1,password=x \\
                          -drive file=nbd://nas.example.org/a -smbios "type=1,serial=ABC 1" \\
                          -device vfio-pci,host=0000:00:02.0,romfile=/home/muriel/igd.rom
                        """);
        assertThat(redaction.text())
                .isEqualTo(
                        """
                        #!/bin/sh
                        #<removed>
                        qemu-system-x86_64 -machine q35 -name <removed>,debug-threads=on \\
                          -uuid <removed> \\
                          -drive file=/home/<removed>,serial=<removed> -vnc <removed>:1,\
                        password=<removed> \\
                          -drive file=nbd://<removed> -smbios <removed> \\
                          -device vfio-pci,host=0000:00:02.0,romfile=/home/<removed>
                        """);
    }

    /// igdrom sees the same virtual machine before and after.
    @Test
    void what_igdrom_reads_of_a_definition_stays() {
        for (GuestMachine machine : List.of(GuestMachine.PC, GuestMachine.Q35)) {
            VmPlan qemu = TestVms.plan(TestVms.qemu("10.1", machine), TestVms.ADL_N);
            staysTheSame(Configurations.write(qemu).getFirst().text());
            staysTheSame(
                    LibvirtText.domain(
                            TestVms.plan(TestVms.libvirt("11.3", machine), TestVms.ADL_N)));
            VmPlan proxmox = TestVms.plan(TestVms.proxmox("9", machine), TestVms.ADL_N);
            staysTheSame(Configurations.write(proxmox).get(2).text() + "memory: 8192\n");
        }
        VmPlan bhyve = TestVms.plan(TestVms.request(Hypervisor.BHYVE, null), TestVms.COFFEE_LAKE);
        staysTheSame(Configurations.write(bhyve).get(1).text());
        staysTheSame(Configurations.write(bhyve).get(3).text());
    }

    @Test
    void what_igdrom_reads_of_real_definitions_stays() {
        for (String name : List.of("pve9-a-legacy.conf", "pve9-d-q35.conf", "pc.xml", "q35.xml")) {
            byte[] bytes = Corpus.image("hypervisors/" + name).toByteArray();
            staysTheSame(new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    private static void staysTheSame(String text) {
        ReadVm read = VmReader.read("vm", text);
        String rest = VmRedaction.of(read, text, HOST).text();
        ReadVm again = VmReader.read("vm", rest);
        assertThat(again.vm()).isEqualTo(read.vm());
        assertThat(again.problems()).isEqualTo(read.problems());
        assertThat(again.lines()).isEqualTo(read.lines());
    }

    private static VmRedaction redacted(String text) {
        return VmRedaction.of(VmReader.read("vm", text), text, HOST);
    }
}
