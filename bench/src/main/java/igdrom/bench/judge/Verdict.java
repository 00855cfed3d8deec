package igdrom.bench.judge;

import java.util.List;

/// The verdict on one run.
///
/// @param notProved what this run does not show
public record Verdict(List<Check> checks, List<String> notProved) {
    public Verdict {
        checks = List.copyOf(checks);
        notProved = List.copyOf(notProved);
    }

    /// One condition.
    ///
    /// @param id for programs: never changed
    /// @param evidence what was observed
    public record Check(String id, boolean ok, String evidence) {}

    public boolean passed() {
        return !checks.isEmpty() && checks.stream().allMatch(Check::ok);
    }
}
