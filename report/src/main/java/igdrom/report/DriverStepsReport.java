package igdrom.report;

import igdrom.bytes.Diagnostic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What igdrom's driver reported from a guest.
///
/// @param dropped steps that did not fit into the driver's report
/// @param conclusion what the steps mean for the picture
public record DriverStepsReport(
        String file,
        List<Step> steps,
        long dropped,
        List<Diagnostic> diagnostics,
        DriverConclusion conclusion)
        implements Report {
    /// A step of the driver.
    ///
    /// @param name null for a step of a later driver
    /// @param outcomeName null for an outcome of a later driver
    /// @param failed whether a person should look at it
    /// @param ofDevice whether it begins the steps for one device
    /// @param subject in a word or two
    /// @param message what happened, without the subject
    public record Step(
            int number,
            @Nullable String name,
            int outcomeNumber,
            @Nullable String outcomeName,
            boolean failed,
            boolean ofDevice,
            long status,
            long value,
            long detail,
            String subject,
            String message) {}

    public DriverStepsReport {
        steps = List.copyOf(steps);
        diagnostics = List.copyOf(diagnostics);
    }

    @Override
    public Answer answer() {
        return conclusion.isGood() && steps.stream().noneMatch(Step::failed)
                ? Answer.YES
                : Answer.NO;
    }
}
