package igdrom.report.text;

import igdrom.hypervisor.ConfigPart;
import igdrom.plan.PlanMessage;
import igdrom.plan.PlanMessage.Severity;
import igdrom.report.ConfigReport;
import igdrom.report.PlanSentences;
import igdrom.report.Wording;

/// The parts of a configuration, each below its title; then what else the user should know.
final class ConfigText {
    private ConfigText() {}

    static StyledText of(ConfigReport report, Wording wording) {
        StyledText.Builder out = new StyledText.Builder();
        int number = 1;
        for (ConfigPart part : report.parts()) {
            out.styled(Style.HEADING, number++ + ". " + part.title() + ":").newline();
            if (part.path() != null) {
                out.text("   ")
                        .styled(Style.DIM, part.path() + (part.executable() ? " (executable)" : ""))
                        .wholeLine();
            }
            out.newline();
            for (String line : part.text().stripTrailing().split("\n", -1)) {
                out.text(line).wholeLine();
            }
            out.newline();
        }
        for (PlanMessage message : report.result().messages()) {
            switch (message.severity()) {
                case NOTE -> out.styled(Style.DIM, "note");
                case WARNING -> out.styled(Style.WARNING, "warning");
                case ERROR -> {
                    // Printed as a problem.
                    continue;
                }
            }
            out.line(
                    (message.severity() == Severity.NOTE ? "     " : "  ")
                            + PlanSentences.message(message, wording));
        }
        return out.build();
    }
}
