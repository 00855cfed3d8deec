package igdrom.report.text;

import igdrom.knowledge.Knowledge;
import igdrom.report.TestReport;
import igdrom.report.TestReport.Check;

/// The verdict of a test, after the checks that it rests on.
final class TestText {
    private static final int MIN_ID_COLUMNS = 16;

    private TestText() {}

    static StyledText of(TestReport report, TextLayout layout) {
        StyledText.Builder out = new StyledText.Builder();
        String platform =
                Knowledge.platformOf(report.device())
                        .map(known -> ", " + known.codename())
                        .orElse(", an unknown device");
        out.styled(Style.HEADING, report.file())
                .line(
                        " on a virtual "
                                + report.device()
                                + platform
                                + ", machine "
                                + report.machine());
        int columns = MIN_ID_COLUMNS;
        for (Check check : report.checks()) {
            columns = Math.max(columns, check.id().length());
        }
        for (Check check : report.checks()) {
            check(out, check, columns + 2, layout.unicode());
        }
        for (String subject : report.notProved()) {
            out.text("  ").styled(Style.DIM, "?").line(" not proved: " + subject);
        }
        if (report.screenshot() != null) {
            out.line("  picture written to " + report.screenshot());
        }
        int total = report.checks().size();
        if (report.passed()) {
            out.styled(Style.GOOD, "pass").line(": all " + total + " checks passed");
        } else {
            long failed = report.checks().stream().filter(check -> !check.ok()).count();
            out.styled(Style.BAD, "fail")
                    .line(": " + failed + " of " + total + " checks failed");
        }
        return out.build();
    }

    private static void check(StyledText.Builder out, Check check, int columns, boolean unicode) {
        String mark = check.ok() ? unicode ? "✓" : "+" : unicode ? "✗" : "x";
        out.text("  ")
                .styled(check.ok() ? Style.GOOD : Style.BAD, mark)
                .line(
                        " "
                                + check.id()
                                + " ".repeat(columns - check.id().length())
                                + check.evidence());
    }
}
