package igdrom.firmware.lpc;

import igdrom.firmware.lpc.LpcRead.None;
import igdrom.firmware.lpc.LpcRead.Site;
import igdrom.firmware.lpc.LpcRead.Unclear;
import igdrom.firmware.lpc.LpcRead.Way;
import java.util.List;

/// Where a GOP asks in one way.
///
/// @param address where the bridge's address stands in the code, or -1
record Sites(Way way, List<Site> sites, long address) {
    LpcRead read() {
        if (sites.size() == 1) {
            return sites.getFirst();
        }
        if (sites.size() > 1) {
            return new Unclear("it asks by " + way.label() + " at " + sites.size() + " places");
        }
        return address < 0
                ? new None()
                : new Unclear(
                        String.format(
                                "it has the bridge's address at 0x%x, but no call of the known"
                                        + " kind after it",
                                address));
    }
}
