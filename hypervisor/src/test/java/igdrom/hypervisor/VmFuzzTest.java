package igdrom.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.plan.GuestMachine;
import igdrom.plan.vm.VmChecks;
import igdrom.plan.vm.VmPlan;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

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

    @FuzzTest(maxDuration = "5s")
    void vm_bhyve_is_read_or_refused(byte[] bytes) {
        read("passthru0=" + new String(bytes, StandardCharsets.UTF_8));
    }

    @FuzzTest(maxDuration = "5s")
    void changed_configuration_of_proxmox_is_not_changed_again(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        VmPlan plan = TestVms.plan(TestVms.proxmox("9", GuestMachine.PC), TestVms.ADL_N);
        changeTwice(once -> ProxmoxEdit.of("fuzz", once, plan, "100"), text);
    }

    @FuzzTest(maxDuration = "5s")
    void changed_domain_of_libvirt_is_not_changed_again(byte[] bytes) {
        String text = "<domain>" + new String(bytes, StandardCharsets.ISO_8859_1) + "</domain>";
        VmPlan plan = TestVms.plan(TestVms.libvirt("11.3", GuestMachine.Q35), TestVms.ADL_N);
        changeTwice(once -> LibvirtEdit.of("fuzz", once, plan), text);
    }

    private static void changeTwice(Function<String, VmEdit> edit, String text) {
        String once;
        try {
            once = edit.apply(text).after();
        } catch (MalformedVmException _) {
            // A clear refusal.
            return;
        }
        assertThat(edit.apply(once).after()).isEqualTo(once);
    }

    private static void read(String text) {
        try {
            VmChecks.check(VmReader.read("fuzz", text).vm(), null, null);
        } catch (MalformedVmException _) {
            // A clear refusal.
        }
    }
}
