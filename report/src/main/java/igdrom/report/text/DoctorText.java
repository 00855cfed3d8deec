package igdrom.report.text;

import igdrom.plan.GuestMachine;
import igdrom.plan.host.CheckName;
import igdrom.plan.host.Diagnosis;
import igdrom.plan.host.Fix;
import igdrom.plan.host.GopAnswer;
import igdrom.plan.host.HostCheck;
import igdrom.plan.host.HostRemedy;
import igdrom.plan.host.ModeVerdict;
import igdrom.plan.host.Proof;
import igdrom.plan.host.State;
import igdrom.plan.host.Verdict;
import igdrom.report.Answer;
import igdrom.report.Detail;
import igdrom.report.DoctorReport;
import igdrom.report.DoctorReport.ReadFile;
import igdrom.report.HostSource;
import igdrom.report.RomCheckReport;
import igdrom.report.Wording;
import igdrom.rom.Check;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The checks of a host, a line each, with the fix below; then the verdict and what to type next.
///
/// What is not known and cannot be helped is one line, and what only root can read is another.
final class DoctorText {
    /// As wide as the longest name, `address-width`: narrow enough for folding at 40 columns.
    private static final int NAME_COLUMNS = 13;

    private static final int LABEL_COLUMNS = 21;

    /// The subject of the note that a ROM is for another device.
    private static final String ROM_IDS = "ids";

    private static final Fix ROOT = new Fix.Use(HostRemedy.READ_AS_ROOT);

    private final DoctorReport report;
    private final Diagnosis diagnosis;
    private final TextLayout layout;
    private final Wording wording;
    private final StyledText.Builder out = new StyledText.Builder();
    private final Set<HostRemedy> said = EnumSet.noneOf(HostRemedy.class);

    DoctorText(DoctorReport report, TextLayout layout, Wording wording) {
        this.report = report;
        this.diagnosis = report.diagnosis();
        this.layout = layout;
        this.wording = wording;
    }

    StyledText render() {
        boolean brief = layout.detail() == Detail.PROBLEMS;
        heading();
        for (ReadFile file : report.files()) {
            if (!file.problem().isEmpty()) {
                mark(State.WARNING, "file").line(file.name() + ": " + file.problem());
            }
        }
        List<String> unrecorded = new ArrayList<>();
        List<String> forRoot = new ArrayList<>();
        for (HostCheck check : diagnosis.checks()) {
            boolean decisive = diagnosis.because().contains(check.name());
            if (check.state() == State.UNKNOWN && !decisive) {
                if (check.fixes().isEmpty()) {
                    unrecorded.add(check.name().id());
                    continue;
                }
                if (check.fixes().equals(List.of(ROOT))) {
                    forRoot.add(check.name().id());
                    continue;
                }
            }
            boolean wrong = check.state() == State.WARNING || check.state() == State.FAILURE;
            if (!brief || wrong || decisive) {
                check(check);
            }
        }
        if (!brief) {
            unknown(unrecorded, forRoot);
        }
        if (report.rom() != null) {
            rom(report.rom(), brief);
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

    private void check(HostCheck check) {
        mark(check.state(), check.name().id()).text(check.text());
        boolean wrong = check.state() == State.WARNING || check.state() == State.FAILURE;
        if (wrong && !check.sources().isEmpty()) {
            out.styled(Style.DIM, " [" + String.join(", ", check.sources()) + "]");
        }
        out.newline();
        for (Fix fix : check.fixes()) {
            if (!(fix instanceof Fix.Use use) || isNew(use.remedy())) {
                fix("      fix: ", fix);
            }
        }
    }

    /// Whether what igdrom can do has not been said, and will not be said at the end.
    private boolean isNew(HostRemedy remedy) {
        boolean atEnd = layout.detail() != Detail.PROBLEMS && diagnosis.next().contains(remedy);
        return !atEnd && said.add(remedy);
    }

    private void fix(String label, Fix fix) {
        Fix.Do done = done(fix);
        out.line(label + done.text());
        int left = label.length() - label.stripLeading().length() + 2;
        for (String command : done.commands()) {
            out.text(" ".repeat(left) + command);
            // A backslash inside quotation marks would leave the indentation in the argument.
            if (command.indexOf('"') >= 0) {
                out.wholeLine();
            } else {
                out.commandLine();
            }
        }
    }

    private Fix.Do done(Fix fix) {
        return switch (fix) {
            case Fix.Do own -> own;
            case Fix.Use use -> wording.remedy(use.remedy(), report.source());
        };
    }

    private void unknown(List<String> unrecorded, List<String> forRoot) {
        if (!forRoot.isEmpty()) {
            mark(State.UNKNOWN, "for root only").line(String.join(", ", forRoot));
            if (isNew(HostRemedy.READ_AS_ROOT)) {
                fix("      fix: ", ROOT);
            }
        }
        if (!unrecorded.isEmpty()) {
            mark(State.UNKNOWN, "not known").line(String.join(", ", unrecorded));
        }
    }

    private void rom(RomCheckReport rom, boolean brief) {
        if (rom.answer() == Answer.YES && !brief) {
            mark(State.OK, "rom").line(rom.file() + ": no check of a ROM failed");
        }
        for (Check check : rom.checks().checks()) {
            boolean bad = check.verdict() == Check.Verdict.BAD;
            boolean otherIds =
                    check.verdict() == Check.Verdict.NOTE && check.subject().equals(ROM_IDS);
            if (bad || otherIds) {
                mark(bad ? State.FAILURE : State.WARNING, "rom")
                        .line(rom.file() + ", " + check.subject() + ": " + check.message());
            }
        }
    }

    private void verdict() {
        List<String> because = diagnosis.because().stream().map(CheckName::id).toList();
        String names = String.join(", ", because);
        out.newline();
        switch (diagnosis.verdict()) {
            case YES ->
                    out.styled(Style.GOOD, "yes").line(": this host can hand its IGD to a guest");
            case NO ->
                    out.styled(Style.BAD, "no")
                            .line(
                                    ": this host cannot hand over an IGD before this is fixed: "
                                            + names);
            case UNKNOWN ->
                    out.styled(Style.WARNING, "cannot tell").line(": not known yet: " + names);
        }
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
        for (HostRemedy remedy : diagnosis.next()) {
            fix("  ", new Fix.Use(remedy));
        }
    }
}
