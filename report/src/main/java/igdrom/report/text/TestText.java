package igdrom.report.text;

import igdrom.knowledge.Knowledge;
import igdrom.report.TestReport;
import igdrom.report.TestReport.Check;
import igdrom.report.Wording;
import java.util.List;

/// The verdict of a test, after the checks that it rests on.
final class TestText {
    private static final int MIN_ID_COLUMNS = 16;

    private TestText() {}

    static StyledText of(TestReport report, TextLayout layout, Wording wording) {
        StyledText.Builder out = new StyledText.Builder();
        String platform =
                Knowledge.platformOf(report.device())
                        .map(known -> ", " + known.codename())
                        .orElse(", an unknown device");
        out.styled(Style.HEADING, report.file())
                .line(
                        (report.machine().real() ? " on this host's " : " on a virtual ")
                                + report.device()
                                + platform
                                + ", machine "
                                + machine(report.machine()));
        for (String subject : report.assumed()) {
            out.text("  ").styled(Style.WARNING, "assumed").line(": " + subject);
        }
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
        if (report.machine().real() && report.isDrawn()) {
            out.line(
                    "  the monitor should have shown text: \"igdrom: the firmware draws this"
                            + " through the GOP of the ROM\"; only you can see whether it did");
        }
        if (report.screenshot() != null) {
            out.line("  picture written to " + report.screenshot());
        }
        verdict(out, report);
        if (report.cause() != null) {
            out.line("  likely cause: " + report.cause().likely());
            out.line(
                    "  next: "
                            + wording.remedy(
                                    report.cause().next(), report.device(), report.file()));
        }
        return out.build();
    }

    private static String machine(TestReport.Machine machine) {
        return machine.type()
                + (machine.lpcBridge() == null ? "" : " with LPC bridge " + machine.lpcBridge())
                + (machine.asBuilt() ? " (as built)" : "");
    }

    private static void verdict(StyledText.Builder out, TestReport report) {
        int total = report.checks().size();
        List<String> failed = report.failed();
        switch (report.verdict()) {
            case PASS -> out.styled(Style.GOOD, "pass").line(": all " + total + " checks passed");
            case DRAWS ->
                    out.styled(Style.BAD, "draws, but")
                            .line(
                                    " %d of %d checks failed: %s"
                                            .formatted(
                                                    failed.size(),
                                                    total,
                                                    String.join(", ", failed)));
            case FAIL ->
                    out.styled(Style.BAD, "fail")
                            .line(
                                    ": %s (%d of %d checks failed)"
                                            .formatted(what(report), failed.size(), total));
            case UNDECIDED -> out.styled(Style.WARNING, "undecided").line(": " + what(report));
        }
    }

    private static String what(TestReport report) {
        return report.cause() == null ? "" : report.cause().what();
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
