package igdrom.plan.host;

import igdrom.host.Fact;
import igdrom.host.PciFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which device the firmware shows its picture with, and the class of the IGD.
final class PrimaryDisplayCheck {
    private PrimaryDisplayCheck() {}

    static HostCheck of(Host host) {
        PciFunction igd = host.igd();
        if (host.isClass0380()) {
            return HostCheck.warning(
                            CheckName.PRIMARY_DISPLAY,
                            "class 0380: the firmware shows its picture with "
                                    + primary(host).orElse("another device")
                                    + (host.isFreeBsd()
                                            ? ""
                                            : ", so no VGA BIOS runs and QEMU 10.1 or newer is"
                                                    + " needed"),
                            igd.classCode())
                    .with(FirmwareSetting.PRIMARY_DISPLAY.fix());
        }
        Optional<Boolean> bootVga = igd.use().bootVga().value();
        List<PciFunction> others = host.otherDisplays();
        if (bootVga.equals(Optional.of(true)) || (bootVga.isEmpty() && others.isEmpty())) {
            return igd.classCode().value().isEmpty()
                    ? HostCheck.unknown(
                            CheckName.PRIMARY_DISPLAY, "its class is not recorded", igd.classCode())
                    : HostCheck.ok(
                            CheckName.PRIMARY_DISPLAY,
                            "class 0300, and "
                                    + (bootVga.isPresent()
                                            ? "the firmware shows its picture with it"
                                            : "the only display")
                                    + without(host.cardsWithoutOutput()),
                            igd.classCode());
        }
        return HostCheck.ok(
                CheckName.PRIMARY_DISPLAY,
                "class 0300 beside "
                        + names(others)
                        + (bootVga.isPresent()
                                ? ", which shows the host's picture and stays with the host"
                                : "; which of them shows the host's picture is not recorded"),
                igd.classCode(),
                igd.use().bootVga());
    }

    /// The device that the firmware shows its picture with, if it is not the IGD.
    static Optional<String> primary(Host host) {
        for (PciFunction other : host.otherDisplays()) {
            Fact<Boolean> bootVga = other.use().bootVga();
            if (bootVga.value().orElse(false)) {
                return Optional.of(Host.named(other));
            }
        }
        List<PciFunction> others = host.otherDisplays();
        return others.size() == 1 ? Optional.of(Host.named(others.getFirst())) : Optional.empty();
    }

    private static String without(List<PciFunction> cards) {
        return cards.isEmpty() ? "" : "; " + names(cards) + " has no outputs";
    }

    private static String names(List<PciFunction> functions) {
        List<String> names = new ArrayList<>();
        for (PciFunction function : functions) {
            names.add(Host.named(function));
        }
        return names.isEmpty() ? "another display" : String.join(", ", names);
    }
}
