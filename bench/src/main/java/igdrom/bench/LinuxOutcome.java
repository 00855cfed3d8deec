package igdrom.bench;

import igdrom.bench.judge.Verdict;
import igdrom.bench.linux.LinuxReport;

/// The result of booting Linux.
///
/// @param report what the checks are based on
public record LinuxOutcome(Verdict verdict, LinuxReport report) {}
