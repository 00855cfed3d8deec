package igdrom.plan.host;

import igdrom.host.IommuGroup;
import igdrom.host.PciFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which device gives HDMI and DisplayPort their sound, and what goes to a guest with it.
final class AudioCheck {
    private static final Set<Integer> AUDIO = Set.of(0x0401, 0x0403);
    private static final String FIRST_BUS = "0000:00:";

    /// On Haswell and Broadwell the sound of the outputs is a function of the IGD's own.
    private static final String OF_IGD = "0000:00:03.0";

    private static final Map<Integer, String> NAMES =
            Map.of(0x0601, "LPC bridge", 0x0c05, "SMBus", 0x0c80, "SPI", 0x0200, "network card");

    private AudioCheck() {}

    static HostCheck of(Host host) {
        List<PciFunction> devices = new ArrayList<>();
        for (PciFunction function : host.facts().pci().others().value().orElse(List.of())) {
            if (function.address().startsWith(FIRST_BUS)
                    && AUDIO.contains(Host.displayClass(function).orElse(0))) {
                devices.add(function);
            }
        }
        if (host.facts().pci().others().value().isEmpty()) {
            return HostCheck.unknown(
                    CheckName.AUDIO,
                    Host.reason(host.facts().pci().others()),
                    host.facts().pci().others());
        }
        if (devices.isEmpty()) {
            return HostCheck.ok(
                    CheckName.AUDIO,
                    "no sound device of Intel's, unless the firmware hides it: the guest's"
                            + " monitor stays silent",
                    host.facts().pci().others());
        }
        List<String> texts = new ArrayList<>();
        for (PciFunction device : devices) {
            texts.add(text(host, device, devices.size() > 1));
        }
        return HostCheck.ok(
                CheckName.AUDIO,
                "sound of the monitor: " + String.join("; ", texts),
                host.facts().pci().others());
    }

    private static String text(Host host, PciFunction device, boolean several) {
        StringBuilder text = new StringBuilder(Host.named(device));
        if (several) {
            text.append(
                    device.address().equals(OF_IGD)
                            ? ", of HDMI and DisplayPort"
                            : ", of the board");
        }
        Optional<IommuGroup> group = host.group(device);
        if (group.isEmpty()) {
            return text.toString();
        }
        List<String> others = new ArrayList<>();
        for (String address : group.get().functions()) {
            if (!address.equals(device.address())) {
                others.add(role(host, address));
            }
        }
        text.append(" in group ").append(group.get().number());
        return others.isEmpty()
                ? text.append(" alone").toString()
                : text.append(" with ")
                        .append(String.join(", ", others))
                        .append(", which would go to the guest too")
                        .toString();
    }

    private static String role(Host host, String address) {
        Optional<PciFunction> function = host.facts().pci().at(address);
        String name = function.flatMap(Host::displayClass).map(NAMES::get).orElse(null);
        String at = Host.shortAddress(address);
        return name == null ? at : name + " " + at;
    }
}
