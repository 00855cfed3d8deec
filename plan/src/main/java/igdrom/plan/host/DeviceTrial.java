package igdrom.plan.host;

import igdrom.host.DeviceUser;
import igdrom.host.Fact;
import igdrom.host.Snapshot;
import igdrom.plan.host.TrialRefusal.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Whether the IGD of this host can go to a guest for a test that lasts a minute, without harm to
/// the host.
///
/// @param address of the IGD
/// @param driver that has it now, empty for none
/// @param binds whether vfio-pci has to take it first
/// @param onlyDisplay whether the host has no other device that can show a picture
/// @param refusals empty when the test may begin
public record DeviceTrial(
        String address,
        String driver,
        boolean binds,
        boolean onlyDisplay,
        List<TrialRefusal> refusals) {
    /// The driver that hands devices to guests.
    public static final String VFIO_PCI = "vfio-pci";

    private static final String VFIO_NODES = "/dev/vfio/";

    public DeviceTrial {
        refusals = List.copyOf(refusals);
    }

    /// Decides on a test.
    ///
    /// @param facts with the version of the QEMU that will run the guest
    /// @param onScreen whether the test was started from a text screen of the machine itself
    /// @param mayBind whether the owner lets vfio-pci take the device from its driver
    public static DeviceTrial of(Snapshot facts, Fact<Boolean> onScreen, boolean mayBind) {
        return new Decision(new Host(facts), onScreen, mayBind).decide();
    }

    private static final class Decision {
        private final Host host;
        private final Fact<Boolean> onScreen;
        private final boolean mayBind;
        private final String driver;
        private final boolean binds;
        private final boolean onlyDisplay;
        private final List<TrialRefusal> refusals = new ArrayList<>();

        Decision(Host host, Fact<Boolean> onScreen, boolean mayBind) {
            this.host = host;
            this.onScreen = onScreen;
            this.mayBind = mayBind;
            this.driver = Host.driver(host.igd()).orElse("");
            this.binds = !driver.equals(VFIO_PCI);
            this.onlyDisplay = host.otherDisplays().isEmpty();
        }

        DeviceTrial decide() {
            if (!host.isLinux()) {
                refuse(Reason.SYSTEM, "only Linux can lend its IGD to a guest and take it back");
                return trial();
            }
            if (host.platform().isEmpty()) {
                refuse(
                        Reason.DEVICE,
                        host.hasIgd()
                                ? "%s is not a known Intel GPU".formatted(Host.named(host.igd()))
                                : "there are no Intel graphics at 00:02.0");
                return trial();
            }
            if (!host.isReadByRoot()) {
                refuse(
                        Reason.NOT_ROOT,
                        "only root may hand a device to a guest, and see who uses it");
                return trial();
            }
            hardware();
            owners();
            return trial();
        }

        private DeviceTrial trial() {
            return new DeviceTrial(host.igd().address(), driver, binds, onlyDisplay, refusals);
        }

        private void hardware() {
            HostCheck iommu = IommuCheck.of(host);
            if (host.group(host.igd()).isEmpty()) {
                refuse(
                        Reason.IOMMU,
                        "no IOMMU translates for the IGD: " + iommu.text(),
                        iommu.fixes());
            }
            IommuGroupCheck.of(host)
                    .filter(group -> group.state() != State.OK)
                    .ifPresent(group ->
                            refuse(
                                    Reason.GROUP,
                                    group.text(),
                                    List.of(
                                            Fix.Do.of(
                                                    "no option of igdrom lends other devices with"
                                                            + " it; another slot or a firmware"
                                                            + " setting may part the group"))));
            HostCheck bridges = BridgesCheck.of(host);
            if (bridges.state() == State.FAILURE) {
                refuse(Reason.BRIDGES, bridges.text(), bridges.fixes());
            }
            HostCheck registers = RegistersCheck.of(host);
            if (registers.state() == State.WARNING || registers.state() == State.FAILURE) {
                refuse(Reason.REGISTERS, registers.text(), registers.fixes());
            }
        }

        private void owners() {
            if (!host.facts().vfio().loaded().value().orElse(true)) {
                refuse(
                        Reason.VFIO,
                        "vfio-pci is not loaded",
                        List.of(Fix.Do.of("load it", "sudo modprobe vfio-pci")));
            }
            int functions =
                    host.igd().use().virtualFunctions().value().map(v -> v.enabled()).orElse(0);
            if (functions > 0) {
                refuse(
                        Reason.VIRTUAL_FUNCTIONS,
                        "the IGD has %d virtual functions, which go away with its driver"
                                .formatted(functions),
                        List.of(
                                Fix.Do.of(
                                        "stop the guests that have them, then disable them",
                                        "echo 0 | sudo tee /sys/bus/pci/devices/%s/sriov_numvfs"
                                                .formatted(host.igd().address()))));
            }
            if (binds) {
                bound();
            }
            users();
        }

        /// What taking the device from its driver does to the picture of the host.
        private void bound() {
            String holder = driver.isEmpty() ? "no driver has" : driver + " has";
            if (!mayBind) {
                refuse(
                        Reason.NOT_BOUND,
                        "%s the IGD, not vfio-pci%s"
                                .formatted(
                                        holder,
                                        onlyDisplay
                                                ? "; it is the only display, so the host's screen"
                                                        + " stays dark while the test has it: be"
                                                        + " logged in from another machine"
                                                : ""));
            }
            if (mayBind && onlyDisplay && onScreen.value().orElse(false)) {
                refuse(
                        Reason.ON_SCREEN,
                        "the IGD is the only display, and this is one of its text screens: it goes"
                                + " dark, and shows neither the verdict nor what went wrong",
                        List.of(Fix.Do.of("log in from another machine, such as with ssh")));
            }
        }

        /// Refuses a device that processes have open, or of which nobody can say so.
        private void users() {
            Fact<List<DeviceUser>> users = host.facts().graphics().users();
            if (users instanceof Fact.Unknown<List<DeviceUser>> unknown) {
                refuse(Reason.USED, "who uses the IGD is unknown: " + unknown.message());
                return;
            }
            List<DeviceUser> guests = new ArrayList<>();
            List<DeviceUser> screens = new ArrayList<>();
            for (DeviceUser user : users.value().orElseThrow()) {
                (user.node().startsWith(VFIO_NODES) ? guests : screens).add(user);
            }
            if (!guests.isEmpty()) {
                refuse(
                        Reason.USED,
                        "another guest has the IGD: " + names(guests),
                        List.of(Fix.Do.of("shut that guest down")));
            }
            if (!screens.isEmpty() && binds) {
                refuse(
                        Reason.USED,
                        "programs use the IGD: " + names(screens),
                        List.of(
                                Fix.Do.of(
                                        "end them: a graphical session ends with the next line,"
                                                + " typed on another machine",
                                        "sudo systemctl isolate multi-user.target")));
            }
        }

        private static String names(List<DeviceUser> users) {
            return users.stream()
                    .map(user ->
                            "%s (process %d) has %s open"
                                    .formatted(user.program(), user.process(), user.node()))
                    .collect(Collectors.joining(", "));
        }

        private void refuse(Reason reason, String why) {
            refuse(reason, why, List.of());
        }

        private void refuse(Reason reason, String why, List<Fix> fixes) {
            refusals.add(new TrialRefusal(reason, why, fixes));
        }
    }
}
