package igdrom.hypervisor;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.plan.vm.VmChecks;
import java.nio.charset.StandardCharsets;

/// Anything is read or refused clearly.
class VmFuzzTest {
    @FuzzTest(maxDuration = "5s")
    void definition_of_any_hypervisor_is_read_or_refused(byte[] bytes) {
        read(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    @FuzzTest(maxDuration = "5s")
    void xml_of_libvirt_is_read_or_refused(byte[] bytes) {
        read("<domain>" + new String(bytes, StandardCharsets.UTF_8) + "</domain>");
    }

    @FuzzTest(maxDuration = "5s")
    void configuration_of_proxmox_is_read_or_refused(byte[] bytes) {
        read("machine: q35\nhostpci0: " + new String(bytes, StandardCharsets.UTF_8));
    }

    @FuzzTest(maxDuration = "5s")
    void command_line_of_qemu_is_read_or_refused(byte[] bytes) {
        read("qemu-system-x86_64 -device " + new String(bytes, StandardCharsets.UTF_8));
    }

    @FuzzTest(maxDuration = "5s")
    void command_line_of_bhyve_is_read_or_refused(byte[] bytes) {
        read("bhyve -s " + new String(bytes, StandardCharsets.UTF_8));
    }

    private static void read(String text) {
        try {
            VmChecks.check(VmReader.read("fuzz", text).vm(), null, null);
        } catch (MalformedVmException _) {
            // A clear refusal.
        }
    }
}
