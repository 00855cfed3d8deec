package igdrom.host.linux;

import igdrom.host.Fact;
import java.util.List;

/// The kernel's log. Other files of the system are not searched for it.
record KernelLog(HostRoot root) {
    /// The log in a directory with a copy of the files.
    static final String RECORDED = "/dmesg.txt";

    Fact<List<String>> lines() {
        return new Fact.Unknown<>(RECORDED, "not recorded");
    }
}
