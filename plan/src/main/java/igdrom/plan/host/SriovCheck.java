package igdrom.plan.host;

import igdrom.host.Fact;
import igdrom.host.VirtualFunctions;
import igdrom.knowledge.Knowledge;

/// Whether the IGD has virtual functions.
final class SriovCheck {
    private static final String OOPS = "linux-sriov-oops";

    private SriovCheck() {}

    static HostCheck of(Host host) {
        Fact<VirtualFunctions> fact = host.igd().use().virtualFunctions();
        if (fact.value().isEmpty()) {
            return HostCheck.unknown(CheckName.SRIOV, Host.reason(fact), fact);
        }
        VirtualFunctions functions = fact.value().get();
        if (functions.total() == 0) {
            return HostCheck.ok(CheckName.SRIOV, "no virtual functions", fact);
        }
        String text =
                functions.enabled() == 0
                        ? functions.total() + " virtual functions are possible, none is enabled"
                        : functions.enabled()
                                + " of "
                                + functions.total()
                                + " virtual functions are enabled";
        return functions.enabled() > 0 && host.kernelHas(OOPS)
                ? HostCheck.warning(
                        CheckName.SRIOV,
                        text
                                + "; from Linux "
                                + Knowledge.change(OOPS).release()
                                + " on "
                                + Knowledge.change(OOPS).what(),
                        fact,
                        host.facts().kernel().release())
                : HostCheck.ok(CheckName.SRIOV, text, fact);
    }
}
