package igdrom.bench;

import igdrom.bench.judge.Expectation;
import igdrom.bench.judge.Observations;
import igdrom.bench.judge.Verdict;
import igdrom.virtualigd.Activity;
import igdrom.virtualigd.Picture;
import java.util.List;
import java.util.Optional;

/// The result of a run.
///
/// @param picture on the screen at the end; empty when it was off
/// @param activities of each device
/// @param qemuLines the last lines that QEMU wrote to standard error, and an emulated host to its
///   console
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

    /// This outcome with the verdict on another run that belongs to it.
    public Outcome with(Verdict other) {
        return new Outcome(
                verdict.with(other), expected, seen, picture, activities, qemuLines, driverLines);
    }
}
