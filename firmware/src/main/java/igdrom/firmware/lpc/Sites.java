package igdrom.firmware.lpc;

import igdrom.firmware.lpc.LpcRead.None;
import igdrom.firmware.lpc.LpcRead.Site;
import igdrom.firmware.lpc.LpcRead.Unclear;
import igdrom.firmware.lpc.LpcRead.Way;
import java.util.List;

/// The sites where a GOP reads the id in one way.
///
/// @param address offset of the bridge's address in the code, or -1
record Sites(Way way, List<Site> sites, long address) {
    LpcRead read() {
        if (sites.size() == 1) {
            return sites.getFirst();
        }
        if (sites.size() > 1) {
            return new Unclear(
                    "it reads the id by " + way.label() + " at " + sites.size() + " sites");
        }
        return address < 0
                ? new None()
                : new Unclear(
                        String.format(
                                "it has the bridge's address at 0x%x, but no known call after"
                                        + " it",
                                address));
    }
}
