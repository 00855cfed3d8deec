package igdrom.bench;

import igdrom.bench.judge.Expectation;
import igdrom.bench.judge.Observations;
import igdrom.bench.judge.Verdict;
import java.util.List;

/// What came of a run.
///
/// @param qemuLines the last lines that QEMU wrote to standard error
/// @param driverLines the last lines that drivers wrote to the debug port
public record Outcome(
        Verdict verdict,
        Expectation expected,
        Observations seen,
        List<String> qemuLines,
        List<String> driverLines) {
    public Outcome {
        qemuLines = List.copyOf(qemuLines);
        driverLines = List.copyOf(driverLines);
    }
}
