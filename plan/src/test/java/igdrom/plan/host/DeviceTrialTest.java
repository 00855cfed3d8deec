package igdrom.plan.host;

import static igdrom.plan.host.MadeHost.function;
import static igdrom.plan.host.MadeHost.known;
import static org.assertj.core.api.Assertions.assertThat;

import igdrom.formats.pci.PciId;
import igdrom.host.DeviceUser;
import igdrom.host.Fact;
import igdrom.host.IommuGroup;
import igdrom.host.OperatingSystem;
import igdrom.host.PciFunctions;
import igdrom.host.VirtualFunctions;
import igdrom.plan.host.TrialRefusal.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// When a host may lend its IGD to a guest for a test, and why not.
class DeviceTrialTest {
    private static final String QEMU = "11.1.3";

    private final MadeHost host = new MadeHost();
    private Fact<Boolean> onScreen = known(false);

    private DeviceTrial trial(boolean mayBind) {
        return DeviceTrial.of(host.snapshot().withQemu(QEMU, "a test"), onScreen, mayBind);
    }

    private TrialRefusal refusal(boolean mayBind) {
        assertThat(trial(mayBind).refusals()).hasSize(1);
        return trial(mayBind).refusals().getFirst();
    }

    private void assertRefused(boolean mayBind, Reason reason, String why) {
        assertThat(refusal(mayBind))
                .isEqualTo(new TrialRefusal(reason, why, refusal(mayBind).fixes()));
    }

    @Test
    void device_that_vfio_pci_has_goes_to_the_guest_as_it_is() {
        assertThat(trial(false))
                .isEqualTo(
                        new DeviceTrial(
                                PciFunctions.USUAL_IGD, "vfio-pci", false, true, List.of()));
    }

    @Test
    void driver_that_has_the_device_needs_the_owners_consent() {
        host.driver = known(Optional.of("i915"));
        host.others.add(function("0000:01:00.0", 0x10de, 0x1b06, 0x030000));

        assertRefused(false, Reason.NOT_BOUND, "i915 has the IGD, not vfio-pci");
        assertThat(trial(true).refusals()).isEmpty();
        assertThat(trial(true).binds()).isTrue();
    }

    @Test
    void only_display_wants_a_login_from_another_machine() {
        host.driver = known(Optional.of("i915"));

        assertRefused(
                false,
                Reason.NOT_BOUND,
                "i915 has the IGD, not vfio-pci; it is the only display, so the host's screen stays"
                        + " dark while the test has it: be logged in from another machine");
        assertThat(trial(true).refusals()).isEmpty();
        onScreen = known(true);
        assertRefused(
                true,
                Reason.ON_SCREEN,
                "the IGD is the only display, and this is one of its text screens: it goes dark,"
                        + " and shows neither the verdict nor what went wrong");
    }

    @Test
    void text_screen_of_another_card_is_no_obstacle() {
        host.driver = known(Optional.of("i915"));
        host.others.add(function("0000:01:00.0", 0x10de, 0x1b06, 0x030000));
        onScreen = known(true);

        assertThat(trial(true).refusals()).isEmpty();
    }

    @Test
    void driver_with_an_open_display_keeps_the_device() {
        host.driver = known(Optional.of("i915"));
        host.users = known(List.of(new DeviceUser("gnome-shell", 812, "/dev/dri/card0")));

        assertRefused(
                true,
                Reason.USED,
                "programs use the IGD: gnome-shell (process 812) has /dev/dri/card0 open");
    }

    @Test
    void second_user_of_the_device_keeps_it() {
        host.users = known(List.of(new DeviceUser("qemu-system-x86", 99, "/dev/vfio/0")));

        assertRefused(
                false,
                Reason.USED,
                "another guest has the IGD: qemu-system-x86 (process 99) has /dev/vfio/0 open");
        assertThat(refusal(false).fixes()).containsExactly(Fix.Do.of("shut that guest down"));
    }

    @Test
    void unknown_users_are_a_refusal_too() {
        host.users = MadeHost.denied("/proc/1/fd");

        assertRefused(
                false, Reason.USED, "who uses the IGD is unknown: /proc/1/fd: permission denied");
    }

    @Test
    void users_but_root_are_sent_away_first() {
        host.configSize = 64;
        host.group = known(Optional.empty());

        assertRefused(
                false,
                Reason.NOT_ROOT,
                "only root may hand a device to a guest, and see who uses it");
    }

    @Test
    void host_without_iommu_is_refused() {
        host.group = known(Optional.empty());
        host.groups = known(List.of());
        host.units = known(List.of());
        host.dmar = known(Optional.empty());

        assertThat(refusal(false).reason()).isEqualTo(Reason.IOMMU);
        assertThat(refusal(false).why())
                .isEqualTo(
                        "no IOMMU translates for the IGD: the firmware offers no IOMMU: there is no"
                                + " ACPI table DMAR, so VT-d is off in its setup, or the board has"
                                + " none");
        assertThat(refusal(false).fixes()).isNotEmpty();
    }

    @Test
    void group_with_other_devices_is_refused() {
        host.others.add(function("0000:00:1f.3", 0x8086, 0xa348, 0x040300));
        host.groups =
                known(
                        List.of(
                                new IommuGroup(
                                        1,
                                        List.of(PciFunctions.USUAL_IGD, "0000:00:1f.3"),
                                        MadeHost.unknown())));

        assertThat(refusal(false).reason()).isEqualTo(Reason.GROUP);
        assertThat(refusal(false).why()).contains("group 1 also has 00:1f.3 (8086:a348)");
    }

    @Test
    void bridges_that_vfio_pci_does_not_find_are_refused() {
        host.lpcClass = known(0x010400);

        assertThat(refusal(false).reason()).isEqualTo(Reason.BRIDGES);
    }

    @Test
    void registers_that_nobody_emulates_are_refused() {
        host.classCode = known(0x038000);
        host.release = known("6.12.117");
        assertThat(refusal(false).reason()).isEqualTo(Reason.REGISTERS);

        host.release = known("6.15.1");
        assertThat(trial(false).refusals()).isEmpty();

        host.options = known(Map.of("CONFIG_VFIO_PCI", "m", "CONFIG_VFIO_PCI_IGD", "n"));
        assertThat(refusal(false).reason()).isEqualTo(Reason.REGISTERS);
    }

    @Test
    void host_without_opregion_is_refused() {
        host.asls = 0;

        assertThat(refusal(false).reason()).isEqualTo(Reason.REGISTERS);
    }

    @Test
    void missing_module_is_named_with_the_command_that_loads_it() {
        host.vfioLoaded = known(false);
        host.driver = known(Optional.empty());
        host.others.add(function("0000:01:00.0", 0x10de, 0x1b06, 0x030000));

        assertThat(refusal(true))
                .isEqualTo(
                        new TrialRefusal(
                                Reason.VFIO,
                                "vfio-pci is not loaded",
                                List.of(Fix.Do.of("load it", "sudo modprobe vfio-pci"))));
    }

    @Test
    void virtual_functions_in_use_are_not_taken_away() {
        host.driver = known(Optional.of("i915"));
        host.virtualFunctions = known(new VirtualFunctions(7, 2));

        assertThat(refusal(true).reason()).isEqualTo(Reason.VIRTUAL_FUNCTIONS);
    }

    @Test
    void unknown_graphics_and_other_systems_are_refused() {
        host.id = known(PciId.intel(0x1234));
        assertThat(refusal(false).reason()).isEqualTo(Reason.DEVICE);
        host.system = known(OperatingSystem.FREEBSD);
        assertThat(refusal(false).reason()).isEqualTo(Reason.SYSTEM);
    }

    @Test
    void all_reasons_are_given_at_once() {
        host.driver = known(Optional.of("i915"));
        host.lpcClass = known(0x010400);
        host.users = known(List.of(new DeviceUser("Xorg", 812, "/dev/dri/card0")));

        assertThat(trial(false).refusals())
                .extracting(TrialRefusal::reason)
                .containsExactly(Reason.BRIDGES, Reason.NOT_BOUND, Reason.USED);
    }
}
