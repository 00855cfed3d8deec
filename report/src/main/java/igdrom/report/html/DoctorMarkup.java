package igdrom.report.html;

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
import igdrom.report.DoctorLines;
import igdrom.report.DoctorLines.Line;
import igdrom.report.DoctorReport;
import igdrom.report.DoctorReport.ReadFile;
import igdrom.report.HostSource;
import igdrom.report.Wording;
import igdrom.rom.Check;
import java.util.ArrayList;
import java.util.List;

/// The verdict on a host, what shows a picture, what to do, and the checks.
final class DoctorMarkup {
    private final DoctorReport report;
    private final Diagnosis diagnosis;
    private final DoctorLines lines;

    private DoctorMarkup(DoctorReport report, Wording wording) {
        this.report = report;
        this.diagnosis = report.diagnosis();
        this.lines = DoctorLines.of(report, false, wording);
    }

    static List<Markup> of(DoctorReport report, Wording wording) {
        return new DoctorMarkup(report, wording).render();
    }

    private List<Markup> render() {
        List<Markup> page = new ArrayList<>();
        page.add(answer().build());
        HostSource source = report.source();
        page.add(
                Cards.file(
                        source.name().isEmpty() ? "This host" : source.name(),
                        diagnosis.name(),
                        null));
        List<String> unread =
                report.files().stream()
                        .filter(file -> !file.problem().isEmpty())
                        .map(DoctorMarkup::unread)
                        .toList();
        if (!unread.isEmpty()) {
            page.add(Cards.list("messages", unread).build());
        }
        if (!diagnosis.modes().isEmpty()) {
            page.add(Markup.element("h2").text("Ways to a picture").build());
            page.add(modes());
        }
        if (!lines.next().isEmpty()) {
            page.add(Markup.element("h2").text("Next").build());
            page.add(fixes("steps", lines.next()).build());
        }
        page.add(Markup.element("h2").text("Checks").build());
        page.add(checks());
        return page;
    }

    private static String unread(ReadFile file) {
        return file.name() + ": " + file.problem();
    }

    private Markup.Builder answer() {
        String statement = DoctorLines.verdict(diagnosis);
        Markup.Builder answer =
                switch (diagnosis.verdict()) {
                    case YES -> Cards.answer("good", "YES", statement);
                    case NO -> Cards.answer("bad", "NO", statement);
                    case UNKNOWN -> Cards.answer("plain", "CANNOT TELL", statement);
                };
        if (report.rom() != null && report.rom().answer() != Answer.YES) {
            answer.add(Markup.element("p", "bad").text(report.rom().file() + " has defects."));
        }
        return answer;
    }

    private Markup modes() {
        Markup.Builder rows = Markup.element("tbody");
        GopAnswer gop = diagnosis.gop();
        rows.add(mode("UEFI GOP", gop.verdict(), gop.proof(), gop.text()));
        for (ModeVerdict mode : diagnosis.modes()) {
            rows.add(mode(mode.mode().label(), mode.verdict(), mode.proof(), mode.text()));
        }
        if (diagnosis.machine() != null) {
            List<String> types =
                    diagnosis.machine().machines().stream().map(GuestMachine::id).toList();
            rows.add(
                    row(
                            "machine type",
                            Markup.element("td")
                                    .text(
                                            String.join(" or ", types)
                                                    + ": "
                                                    + diagnosis.machine().text())));
        }
        return Markup.element("table", "decisions")
                .attribute("aria-label", "Ways to a picture")
                .add(rows)
                .build();
    }

    private static Markup.Builder mode(String label, Verdict verdict, Proof proof, String text) {
        Markup.Builder word =
                switch (verdict) {
                    case YES -> Markup.element("b", "mark good").text("yes (" + proof.word() + ")");
                    case NO -> Markup.element("b", "mark bad").text("no");
                    case UNKNOWN -> Markup.element("b", "mark note").text("cannot tell");
                };
        return row(label, Markup.element("td").add(word).text(": " + text));
    }

    private static Markup.Builder row(String label, Markup.Builder cell) {
        return Markup.element("tr")
                .add(Markup.element("th").attribute("scope", "row").text(label))
                .add(cell);
    }

    private Markup checks() {
        Markup.Builder rows = Markup.element("tbody");
        for (Line line : lines.checks()) {
            rows.add(check(line));
        }
        if (!lines.forRoot().isEmpty()) {
            Markup.Builder cell = Markup.element("td").text(String.join(", ", lines.forRoot()));
            if (!lines.forRootFixes().isEmpty()) {
                cell.add(fixes("fixes", lines.forRootFixes()));
            }
            rows.add(row(State.UNKNOWN, "for root only", cell));
        }
        if (!lines.unknown().isEmpty()) {
            rows.add(
                    row(
                            State.UNKNOWN,
                            "not known",
                            Markup.element("td").text(String.join(", ", lines.unknown()))));
        }
        if (report.rom() != null) {
            String file = report.rom().file();
            if (lines.rom().isEmpty()) {
                rows.add(
                        row(
                                State.OK,
                                "rom",
                                Markup.element("td").text(file + ": no check of a ROM failed")));
            }
            for (Check check : lines.rom()) {
                State state = check.verdict() == Check.Verdict.BAD ? State.FAILURE : State.WARNING;
                String text = file + ", " + check.subject() + ": " + check.message();
                rows.add(row(state, "rom", Markup.element("td").text(text)));
            }
        }
        return Markup.element("table", "checks host")
                .attribute("aria-label", "Checks")
                .add(rows)
                .build();
    }

    private static Markup.Builder check(Line line) {
        HostCheck check = line.check();
        Markup.Builder cell = Markup.element("td").text(check.text());
        if (!check.sources().isEmpty()) {
            cell.add(Markup.element("span", "reason dim").text(String.join(", ", check.sources())));
        }
        if (!line.fixes().isEmpty()) {
            cell.add(fixes("fixes", line.fixes()));
        }
        return row(check.state(), check.name().id(), cell);
    }

    private static Markup.Builder row(State state, String name, Markup.Builder cell) {
        Markup.Builder mark =
                switch (state) {
                    case OK -> Markup.element("td", "mark good").text("ok");
                    case WARNING -> Markup.element("td", "mark note").text("warning");
                    case FAILURE -> Markup.element("td", "mark bad").text("failure");
                    case UNKNOWN -> Markup.element("td", "mark dim").text("unknown");
                };
        return Markup.element("tr")
                .add(mark)
                .add(Markup.element("th").attribute("scope", "row").text(name))
                .add(cell);
    }

    /// What to do, each with its commands, which can be selected with one click.
    private static Markup.Builder fixes(String classes, List<Fix.Do> fixes) {
        Markup.Builder list = Markup.element("ul", classes);
        for (Fix.Do fix : fixes) {
            Markup.Builder item = Markup.element("li").text(Cards.sentence(fix.text()));
            if (!fix.commands().isEmpty()) {
                item.add(Markup.element("pre", "config").text(String.join("\n", fix.commands())));
            }
            list.add(item);
        }
        return list;
    }
}
