package igdrom.report.text;

import igdrom.plan.PlanMessage;
import igdrom.plan.PlanMessage.Severity;
import igdrom.report.EditReport;
import igdrom.report.PlanSentences;
import igdrom.report.Wording;

/// The difference that was written.
final class EditText {
    private EditText() {}

    static StyledText of(EditReport report, Wording wording) {
        StyledText.Builder out = new StyledText.Builder();
        for (PlanMessage message : report.messages()) {
            if (message.severity() != Severity.ERROR) {
                boolean note = message.severity() == Severity.NOTE;
                out.styled(note ? Style.DIM : Style.WARNING, note ? "note   " : "warning")
                        .line("  " + PlanSentences.message(message, wording));
            }
        }
        if (!report.refusals().isEmpty()) {
            return out.build();
        }
        out.styled(Style.HEADING, report.file())
                .line(report.diff().isEmpty() ? ": nothing to change" : ":");
        for (String line : report.diff()) {
            Style style =
                    line.startsWith("+")
                            ? Style.GOOD
                            : line.startsWith("-") ? Style.BAD : Style.PLAIN;
            out.styled(style, line).wholeLine();
        }
        for (String file : report.files()) {
            out.text(file).wholeLine();
        }
        if (report.backup() != null) {
            out.line("written; the old definition is in " + report.backup());
        } else if (report.written()) {
            out.line("written");
        }
        return out.build();
    }
}
