package igdrom.report;

import java.util.List;

/// What a command answers.
public sealed interface Report
        permits BundleReport,
                DriverStepsReport,
                EditReport,
                ExtractReport,
                LayoutReport,
                PageReport,
                SetupReport,
                VbtReport {
    Answer answer();

    /// Why the answer is not yes, where the text of the report does not say so: a sentence each,
    /// without a full stop. A command line prints them as errors.
    ///
    /// @param wording spells what the owner can do about them
    default List<String> problems(Wording wording) {
        return List.of();
    }
}
