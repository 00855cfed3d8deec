package igdrom.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.plan.GuestMachine;
import igdrom.plan.vm.GuestFirmware;
import igdrom.testing.Corpus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProxmoxTextTest {
    private static final List<String> COMPARED = List.of("machine", "vga", "hostpci0", "args");

    /// What Proxmox VE 9 itself took.
    @Test
    void keys_for_pc_are_those_that_proxmox_took() {
        Map<String, String> keys =
                ProxmoxText.keys(
                        TestVms.plan(TestVms.proxmox("9", GuestMachine.PC), TestVms.ADL_N));
        Map<String, String> taken = conf("hypervisors/pve9-b-lpc.conf");
        for (String key : COMPARED) {
            assertThat(keys).containsEntry(key, taken.get(key));
        }
        assertThat(keys).containsEntry("cpu", taken.get("cpu"));
    }

    @Test
    void keys_for_q35_are_those_that_proxmox_took_with_a_version_and_the_opregion() {
        Map<String, String> keys =
                ProxmoxText.keys(
                        TestVms.plan(TestVms.proxmox("9", GuestMachine.Q35), TestVms.ADL_N));
        Map<String, String> taken = conf("hypervisors/pve9-d-q35.conf");
        assertThat(keys)
                .containsEntry("vga", taken.get("vga"))
                .containsEntry("hostpci0", taken.get("hostpci0"))
                .containsEntry(
                        "args", taken.get("args") + " -set device.hostpci0.x-igd-opregion=on")
                .containsEntry("machine", "pc-" + taken.get("machine") + "-10.1");
    }

    @Test
    void release_8_gets_no_option_that_its_qemu_does_not_know() {
        Map<String, String> keys =
                ProxmoxText.keys(
                        TestVms.plan(TestVms.proxmox("8.4", GuestMachine.PC), TestVms.ADL_N));
        assertThat(keys)
                .containsEntry("machine", "pc-i440fx-9.2")
                .containsEntry(
                        "args",
                        "-set device.hostpci0.x-igd-opregion=on"
                                + " -set device.hostpci0.x-igd-gms=2");
    }

    @Test
    void setting_for_low_bars_comes_with_the_arguments() {
        Map<String, String> keys =
                ProxmoxText.keys(
                        TestVms.plan(TestVms.proxmox("9", GuestMachine.PC), TestVms.APOLLO_LAKE));
        assertThat(keys.get("args"))
                .startsWith("-fw_cfg name=opt/ovmf/X-PciMmio64Mb,string=0 -set device.hostpci0.");
    }

    @Test
    void guest_with_secure_boot_gets_a_disk_with_keys() {
        String text =
                Configurations.write(
                                TestVms.plan(
                                        TestVms.proxmox("9", GuestMachine.Q35)
                                                .withFirmware(GuestFirmware.UEFI, true),
                                        TestVms.ADL_N))
                        .get(1)
                        .text();
        assertThat(text).contains("efitype=4m,pre-enrolled-keys=1");
    }

    private static Map<String, String> conf(String name) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (String line : Corpus.image(name).latin1().split("\n", -1)) {
            int colon = line.indexOf(": ");
            if (colon > 0 && !line.startsWith("#")) {
                keys.put(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        return keys;
    }
}
