package igdrom.bench;

import igdrom.bench.judge.Expectation;
import igdrom.bench.judge.Observations;
import igdrom.bench.judge.Verdict;
import igdrom.virtualigd.Activity;
import igdrom.virtualigd.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The result of a run.
///
/// @param picture on the screen at the end; empty when it was off
/// @param activities of each device
/// @param qemuLines the last lines that QEMU wrote to standard error
/// @param driverLines the last lines that drivers wrote to the debug port
public record Outcome(
        Verdict verdict,
        Expectation expected,
        Observations seen,
        Optional<Picture> picture,
        List<Activity> activities,
        List<String> qemuLines,
        List<String> driverLines) {
    public Outcome {
        activities = List.copyOf(activities);
        qemuLines = List.copyOf(qemuLines);
        driverLines = List.copyOf(driverLines);
    }

    /// This outcome with further checks.
    public Outcome with(List<Verdict.Check> more) {
        List<Verdict.Check> checks = new ArrayList<>(verdict.checks());
        checks.addAll(more);
        return new Outcome(
                new Verdict(checks, verdict.notProved()),
                expected,
                seen,
                picture,
                activities,
                qemuLines,
                driverLines);
    }
}
