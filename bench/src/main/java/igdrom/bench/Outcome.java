package igdrom.bench;

import igdrom.bench.judge.Expectation;
import igdrom.bench.judge.Observations;
import igdrom.bench.judge.Verdict;
import igdrom.virtualigd.Picture;
import java.util.List;
import java.util.Optional;

/// What came of a run.
///
/// @param picture what the screen showed in the end
/// @param qemuLines the last lines that QEMU wrote to standard error
/// @param driverLines the last lines that drivers wrote to the debug port
public record Outcome(
        Verdict verdict,
        Expectation expected,
        Observations seen,
        Optional<Picture> picture,
        List<String> qemuLines,
        List<String> driverLines) {
    public Outcome {
        qemuLines = List.copyOf(qemuLines);
        driverLines = List.copyOf(driverLines);
    }
}
