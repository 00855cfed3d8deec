package igdrom.plan.host;

import igdrom.host.Fact;
import igdrom.host.PciUse;
import java.util.List;

/// Whether the IGD can start in a second guest.
final class ResetCheck {
    private static final String D3_COLD = "D3cold";

    private ResetCheck() {}

    static HostCheck of(Host host) {
        PciUse use = host.igd().use();
        Fact<List<String>> methods = use.resetMethods();
        if (use.powerState().value().orElse("").equals(D3_COLD)) {
            return HostCheck.warning(
                            CheckName.RESET,
                            "the host has switched its power off (D3cold)",
                            use.powerState())
                    .with(
                            Fix.Do.of(
                                    "keep its power on",
                                    "echo 0 | sudo tee /sys/bus/pci/devices/"
                                            + host.igd().address()
                                            + "/d3cold_allowed"));
        }
        if (methods.value().isEmpty()) {
            return HostCheck.unknown(CheckName.RESET, Host.reason(methods), methods);
        }
        if (methods.value().get().isEmpty()) {
            return HostCheck.warning(
                    CheckName.RESET,
                    "it has no reset method: when a guest crashes, only a reboot of the host may"
                            + " bring the picture back",
                    methods);
        }
        return HostCheck.ok(
                CheckName.RESET, "by " + String.join(", ", methods.value().get()), methods);
    }
}
