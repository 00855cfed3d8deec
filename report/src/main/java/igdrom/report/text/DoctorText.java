package igdrom.report.text;

import igdrom.plan.GuestMachine;
import igdrom.plan.host.Diagnosis;
import igdrom.plan.host.Fix;
import igdrom.plan.host.GopAnswer;
import igdrom.plan.host.HostCheck;
import igdrom.plan.host.ModeVerdict;
import igdrom.plan.host.Proof;
import igdrom.plan.host.State;
import igdrom.plan.host.Verdict;
import igdrom.report.Answer;
import igdrom.report.Detail;
import igdrom.report.DoctorLines;
import igdrom.report.DoctorLines.Line;
import igdrom.report.DoctorReport;
import igdrom.report.DoctorReport.ReadFile;
import igdrom.report.HostSource;
import igdrom.report.RomCheckReport;
import igdrom.report.Wording;
import igdrom.rom.Check;
import java.util.List;

/// The checks of a host, a line each, with the fix below; then the verdict and what to type next.
///
/// What is not known and cannot be helped is one line, and what only root can read is another.
final class DoctorText {
    /// As wide as the longest name, `address-width`: narrow enough for folding at 40 columns.
    private static final int NAME_COLUMNS = 13;

    private static final int LABEL_COLUMNS = 21;

    private final DoctorReport report;
    private final Diagnosis diagnosis;
    private final TextLayout layout;
    private final boolean brief;
    private final DoctorLines lines;
    private final StyledText.Builder out = new StyledText.Builder();

    DoctorText(DoctorReport report, TextLayout layout, Wording wording) {
        this.report = report;
        this.diagnosis = report.diagnosis();
        this.layout = layout;
        this.brief = layout.detail() == Detail.PROBLEMS;
        this.lines = DoctorLines.of(report, brief, wording);
    }

    StyledText render() {
        heading();
        for (ReadFile file : report.files()) {
            if (!file.problem().isEmpty()) {
                mark(State.WARNING, "file").line(file.name() + ": " + file.problem());
            }
        }
        for (Line line : lines.checks()) {
            check(line);
        }
        unknown();
        if (report.rom() != null) {
            rom(report.rom());
        }
        verdict();
        if (!brief) {
            modes();
            next();
        }
        return out.build();
    }

    private void heading() {
        HostSource source = report.source();
        out.styled(Style.HEADING, source.name().isEmpty() ? "this host" : source.name());
        out.line(": " + diagnosis.name());
    }

    private StyledText.Builder mark(State state, String name) {
        Style style =
                switch (state) {
                    case OK -> Style.GOOD;
                    case WARNING -> Style.WARNING;
                    case FAILURE -> Style.BAD;
                    case UNKNOWN -> Style.DIM;
                };
        String mark =
                switch (state) {
                    case OK -> layout.unicode() ? "✓" : "+";
                    case WARNING -> "!";
                    case FAILURE -> layout.unicode() ? "✗" : "x";
                    case UNKNOWN -> "?";
                };
        int padding = Math.max(0, NAME_COLUMNS - name.length());
        return out.text("  ").styled(style, mark).text(" " + name + " ".repeat(padding) + "  ");
    }

    private void check(Line line) {
        HostCheck check = line.check();
        mark(check.state(), check.name().id()).text(check.text());
        if (line.isWrong() && !check.sources().isEmpty()) {
            out.styled(Style.DIM, " [" + String.join(", ", check.sources()) + "]");
        }
        out.newline();
        for (Fix.Do fix : line.fixes()) {
            fix("      fix: ", fix);
        }
    }

    private void fix(String label, Fix.Do fix) {
        out.line(label + fix.text());
        int left = label.length() - label.stripLeading().length() + 2;
        for (String command : fix.commands()) {
            out.text(" ".repeat(left) + command);
            // A backslash inside quotation marks would leave the indentation in the argument.
            if (command.indexOf('"') >= 0) {
                out.wholeLine();
            } else {
                out.commandLine();
            }
        }
    }

    private void unknown() {
        if (!lines.forRoot().isEmpty()) {
            mark(State.UNKNOWN, "for root only").line(String.join(", ", lines.forRoot()));
            for (Fix.Do fix : lines.forRootFixes()) {
                fix("      fix: ", fix);
            }
        }
        if (!lines.unknown().isEmpty()) {
            mark(State.UNKNOWN, "not known").line(String.join(", ", lines.unknown()));
        }
    }

    private void rom(RomCheckReport rom) {
        if (rom.answer() == Answer.YES && !brief) {
            mark(State.OK, "rom").line(rom.file() + ": no check of a ROM failed");
        }
        for (Check check : lines.rom()) {
            boolean bad = check.verdict() == Check.Verdict.BAD;
            mark(bad ? State.FAILURE : State.WARNING, "rom")
                    .line(rom.file() + ", " + check.subject() + ": " + check.message());
        }
    }

    private void verdict() {
        out.newline();
        switch (diagnosis.verdict()) {
            case YES -> out.styled(Style.GOOD, "yes");
            case NO -> out.styled(Style.BAD, "no");
            case UNKNOWN -> out.styled(Style.WARNING, "cannot tell");
        }
        out.line(": " + DoctorLines.verdict(diagnosis));
        if (report.rom() != null && report.rom().answer() != Answer.YES) {
            out.styled(Style.BAD, "no").line(": " + report.rom().file() + " has defects");
        }
    }

    private void modes() {
        if (diagnosis.modes().isEmpty()) {
            return;
        }
        GopAnswer gop = diagnosis.gop();
        answer("UEFI GOP", gop.verdict(), gop.proof(), "");
        for (ModeVerdict mode : diagnosis.modes()) {
            answer(mode.mode().label(), mode.verdict(), mode.proof(), mode.text());
        }
        if (diagnosis.machine() != null) {
            List<String> types =
                    diagnosis.machine().machines().stream().map(GuestMachine::id).toList();
            line("machine type")
                    .line(String.join(" or ", types) + ": " + diagnosis.machine().text());
        }
    }

    private StyledText.Builder line(String label) {
        return out.text("  " + label + " ".repeat(LABEL_COLUMNS - label.length()) + "  ");
    }

    private void answer(String label, Verdict verdict, Proof proof, String text) {
        line(label);
        switch (verdict) {
            case YES -> out.styled(Style.GOOD, "yes").text(" (" + proof.word() + ")");
            case NO -> out.styled(Style.BAD, "no");
            case UNKNOWN -> out.styled(Style.WARNING, "cannot tell");
        }
        out.line(text.isEmpty() ? "" : ": " + text);
    }

    private void next() {
        out.newline().line("Next:");
        for (Fix.Do fix : lines.next()) {
            fix("  ", fix);
        }
    }
}
