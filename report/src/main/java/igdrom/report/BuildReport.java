package igdrom.report;

import igdrom.formats.oprom.OptionRom;
import igdrom.plan.Plan;

/// A ROM that was built.
///
/// @param file that it was written to
public record BuildReport(String file, Plan plan, OptionRom rom) implements PageReport {
    @Override
    public Answer answer() {
        return Answer.YES;
    }
}
