package igdrom.report.text;

import igdrom.report.RomCheckReport;
import igdrom.rom.Check;

/// The checks of a ROM, a line each.
final class RomCheckText {
    private static final int SUBJECT_COLUMNS = 14;

    private RomCheckText() {}

    static StyledText of(RomCheckReport report) {
        StyledText.Builder out = new StyledText.Builder();
        out.styled(Style.HEADING, report.file())
                .line(report.checks().good() ? ": no check failed" : ": a check failed");
        for (Check check : report.checks().checks()) {
            out.text("  ");
            switch (check.verdict()) {
                case GOOD -> out.styled(Style.GOOD, "good");
                case NOTE -> out.styled(Style.DIM, "note");
                case BAD -> out.styled(Style.BAD, "BAD ");
            }
            int padding = Math.max(1, SUBJECT_COLUMNS - check.subject().length());
            out.line("  " + check.subject() + " ".repeat(padding) + check.message());
        }
        return out.build();
    }
}
