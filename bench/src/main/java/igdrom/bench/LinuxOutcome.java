package igdrom.bench;

import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.linux.LinuxReport;
import java.util.List;

/// What came of a Linux kernel on the device.
///
/// @param told what it is judged by
public record LinuxOutcome(List<Check> checks, LinuxReport told) {
    public LinuxOutcome {
        checks = List.copyOf(checks);
    }
}
