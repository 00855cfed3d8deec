package igdrom.bench.judge;

import java.util.List;

/// The verdict on one run.
///
/// @param notProved what this run does not prove
public record Verdict(List<Check> checks, List<String> notProved) {
    public Verdict {
        checks = List.copyOf(checks);
        notProved = List.copyOf(notProved);
    }

    /// The result of one check.
    ///
    /// @param id for programs; never changes
    /// @param evidence what was observed
    public record Check(String id, boolean ok, String evidence) {}

    public boolean passed() {
        return !checks.isEmpty() && checks.stream().allMatch(Check::ok);
    }
}
