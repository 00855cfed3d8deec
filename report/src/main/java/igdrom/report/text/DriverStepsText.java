package igdrom.report.text;

import igdrom.bytes.Diagnostic;
import igdrom.report.DriverStepsReport;
import igdrom.report.DriverStepsReport.Step;

/// The steps of the driver, a line each.
final class DriverStepsText {
    private DriverStepsText() {}

    static StyledText of(DriverStepsReport report) {
        StyledText.Builder out = new StyledText.Builder();
        int count = report.steps().size();
        out.styled(Style.HEADING, report.file())
                .line(": " + count + (count == 1 ? " step" : " steps") + " of igdrom's driver");
        for (Step step : report.steps()) {
            out.text(step.ofDevice() ? "  " : "    ")
                    .styled(step.failed() ? Style.BAD : Style.HEADING, step.subject())
                    .line(": " + step.message());
        }
        if (report.dropped() > 0) {
            out.line("  " + report.dropped() + " more did not fit into the report");
        }
        for (Diagnostic diagnostic : report.diagnostics()) {
            out.text("  ").styled(Style.WARNING, "odd").line(": " + diagnostic);
        }
        return out.build();
    }
}
