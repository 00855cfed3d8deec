package igdrom.plan.host;

import igdrom.host.Connector;
import igdrom.host.Fact;
import java.util.List;

/// Which monitor the IGD sees.
final class ConnectorsCheck {
    private ConnectorsCheck() {}

    static HostCheck of(Host host) {
        Fact<List<Connector>> fact = host.facts().graphics().connectors();
        List<Connector> connectors = fact.value().orElse(List.of());
        if (connectors.isEmpty()) {
            return HostCheck.unknown(
                    CheckName.CONNECTORS,
                    Host.driver(host.igd()).isPresent() && fact.value().isPresent()
                            ? "its driver shows none"
                            : "only a driver such as i915 shows them: " + Host.reason(fact),
                    fact);
        }
        List<String> connected =
                connectors.stream().filter(Connector::connected).map(Connector::name).toList();
        if (connected.isEmpty()) {
            return HostCheck.warning(
                            CheckName.CONNECTORS,
                            "no monitor: "
                                    + String.join(
                                            ", ", connectors.stream().map(Connector::name).toList())
                                    + " are not connected",
                            fact)
                    .with(
                            Fix.Do.of(
                                    "plug the monitor into an output of the board itself, or a"
                                            + " dummy plug"));
        }
        return HostCheck.ok(
                CheckName.CONNECTORS, "a monitor at " + String.join(", ", connected), fact);
    }
}
