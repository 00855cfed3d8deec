package igdrom.bench.judge;

import java.util.List;

/// What came of one run.
///
/// @param notProved what this run says nothing about
public record Verdict(List<Check> checks, List<String> notProved) {
    public Verdict {
        checks = List.copyOf(checks);
        notProved = List.copyOf(notProved);
    }

    /// One thing that had to hold.
    ///
    /// @param id never changed, for programs
    /// @param evidence what was seen
    public record Check(String id, boolean ok, String evidence) {}

    public boolean passed() {
        return !checks.isEmpty() && checks.stream().allMatch(Check::ok);
    }
}
