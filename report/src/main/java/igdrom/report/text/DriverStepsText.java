package igdrom.report.text;

import igdrom.bytes.Diagnostic;
import igdrom.report.DriverConclusion;
import igdrom.report.DriverStepsReport;
import igdrom.report.DriverStepsReport.Step;
import igdrom.report.Wording;

/// The steps of the driver, a line each.
final class DriverStepsText {
    private DriverStepsText() {}

    static StyledText of(DriverStepsReport report, Wording wording) {
        StyledText.Builder out = new StyledText.Builder();
        int count = report.steps().size();
        out.styled(Style.HEADING, report.file())
                .line(": " + count + (count == 1 ? " step" : " steps") + " of igdrom's driver");
        boolean inDevice = false;
        for (Step step : report.steps()) {
            out.text(inDevice && !step.ofDevice() ? "    " : "  ")
                    .styled(step.failed() ? Style.BAD : Style.HEADING, step.subject())
                    .line(": " + step.message());
            inDevice = inDevice || step.ofDevice();
        }
        if (report.dropped() > 0) {
            out.line("  " + report.dropped() + " more did not fit into the report");
        }
        for (Diagnostic diagnostic : report.diagnostics()) {
            out.text("  ").styled(Style.WARNING, "odd").line(": " + diagnostic);
        }
        DriverConclusion conclusion = report.conclusion();
        out.styled(conclusion.isGood() ? Style.GOOD : Style.BAD, conclusion.what()).newline();
        out.line("  next: " + wording.remedy(conclusion.next()));
        return out.build();
    }
}
