package igdrom.bench.linux;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bench.judge.Verdict.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostStackJudgeTest {
    private static final String[] GOOD = {
        "igdrom-host driver vfio-pci",
        "igdrom-host group 1",
        "igdrom-host members 0000:00:02.0",
        "igdrom-host qemu starts",
        "igdrom-qemu vfio_pci_igd_opregion_enabled 0000:00:02.0",
        "igdrom-qemu vfio_pci_igd_bdsm_enabled 0000:00:02.0 64MB",
        "igdrom-qemu vfio_pci_igd_lpc_bridge_enabled 0000:00:02.0",
        "igdrom-host processor tcg",
        "igdrom-host interrupt  26:   7   IR-PCI-MSI-0000:00:02.0   0-edge   vfio-msi[0]"
    };

    @Test
    void host_that_hands_the_device_over_passes() {
        List<Check> checks = checks(GOOD);
        assertThat(checks).allMatch(Check::ok);
        assertThat(checks)
                .extracting(Check::id)
                .containsExactly(
                        "host.driver",
                        "host.group",
                        "host.opregion",
                        "host.stolen",
                        "host.processor",
                        "host.bridge",
                        "host.interrupt");
    }

    @Test
    void device_that_the_kernel_refuses_is_reported_with_the_kernels_words() {
        assertThat(
                        checks(
                                "igdrom-host kernel vfio-pci 0000:00:02.0: Failed to setup Intel"
                                        + " IGD regions",
                                "igdrom-host driver "))
                .containsExactly(
                        new Check(
                                "host.driver",
                                false,
                                "the host's kernel has not bound the device to vfio-pci: vfio-pci"
                                        + " 0000:00:02.0: Failed to setup Intel IGD regions"));
    }

    @Test
    void group_with_other_devices_fails() {
        assertThat(failed(with(2, "igdrom-host members 0000:00:02.0 0000:00:1f.3")))
                .containsExactly(
                        new Check(
                                "host.group",
                                false,
                                "IOMMU group 1 has these devices: 0000:00:02.0 0000:00:1f.3"));
    }

    @Test
    void qemu_that_ends_early_is_quoted() {
        String words = "Cannot create LPC bridge due to existing device at 1f.0";
        assertThat(failed(Arrays.copyOf(with(4, "igdrom-qemu " + words), 5)))
                .extracting(Check::evidence)
                .containsExactly(
                        "QEMU does not offer the OpRegion of the host to the guest: QEMU: " + words,
                        "QEMU emulates BDSM, for none of stolen memory, expected are 64MB",
                        "QEMU has not started the guest: QEMU: " + words,
                        "QEMU has not copied the ids of the host's LPC bridge: QEMU: " + words,
                        "the host has passed no interrupt of the device on");
    }

    /// QEMU 11.1 with x-igd-opregion=off, and an on-host QEMU that traces nothing.
    @Test
    void opregion_that_qemu_only_finds_is_not_offered_unless_nothing_is_traced() {
        String found = "igdrom-qemu qemu: info: OpRegion detected on Intel display 46a6.";
        assertThat(failed(with(4, found))).extracting(Check::id).containsExactly("host.opregion");
        String[] untraced = with(4, found);
        untraced[5] = found;
        untraced[6] = found;
        assertThat(failed(untraced))
                .extracting(Check::id)
                .containsExactly("host.stolen", "host.bridge");
    }

    @Test
    void other_size_of_stolen_memory_fails() {
        assertThat(failed(with(5, "igdrom-qemu vfio_pci_igd_bdsm_enabled 0000:00:02.0 32MB")))
                .extracting(Check::id)
                .containsExactly("host.stolen");
    }

    @Test
    void guest_on_another_processor_than_asked_for_fails() {
        assertThat(failed(with(7, "igdrom-host processor kvm")))
                .containsExactly(
                        new Check(
                                "host.processor",
                                false,
                                "KVM of the host has run the guest, on an emulated SVM; one byte of"
                                        + " kvm-amd was changed for it"));
    }

    @Test
    void host_without_an_interrupt_of_the_device_fails() {
        assertThat(failed(with(8, "igdrom-host qemu ended")))
                .extracting(Check::id)
                .containsExactly("host.interrupt");
    }

    private static String[] with(int index, String line) {
        String[] lines = GOOD.clone();
        lines[index] = line;
        return lines;
    }

    private static List<Check> failed(String... lines) {
        List<Check> failed = new ArrayList<>(checks(lines));
        failed.removeIf(Check::ok);
        return failed;
    }

    private static List<Check> checks(String... lines) {
        return HostStackJudge.checks(
                LinuxTest.expectation(),
                new HostStackJudge.Asked(
                        /* bridge= */ true, /* kvm= */ false, /* interrupts= */ true),
                new HostConsole(List.of(lines)));
    }
}
