package igdrom.bench;

import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.linux.LinuxReport;
import java.util.List;

/// The result of booting Linux.
///
/// @param report what the checks are based on
public record LinuxOutcome(List<Check> checks, LinuxReport report) {
    public LinuxOutcome {
        checks = List.copyOf(checks);
    }
}
