package igdrom.report.html;

import igdrom.bytes.Image;
import igdrom.knowledge.Knowledge;
import igdrom.report.TestCause;
import igdrom.report.TestReport;
import igdrom.report.TestReport.Check;
import igdrom.report.Wording;
import igdrom.report.html.Cards.Facts;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The verdict of a test, the picture that the guest drew, and the checks.
final class TestMarkup {
    private TestMarkup() {}

    static List<Markup> of(TestReport report, @Nullable Image picture, Wording wording) {
        List<Markup> page = new ArrayList<>();
        page.add(answer(report, wording).build());
        String platform =
                Knowledge.platformOf(report.device())
                        .map(known -> ", " + known.codename())
                        .orElse(", an unknown device");
        Facts facts = new Facts();
        facts.add("ROM", report.file());
        TestReport.Machine machine = report.machine();
        facts.add(machine.real() ? "GPU of this host" : "Virtual GPU", report.device() + platform);
        facts.add(
                "Machine",
                machine.type()
                        + (machine.lpcBridge() == null
                                ? ""
                                : " with LPC bridge " + machine.lpcBridge())
                        + (machine.asBuilt() ? " (as built)" : ""));
        for (String subject : report.assumed()) {
            facts.add("Assumed", subject);
        }
        for (String subject : report.notProved()) {
            facts.add("Not proved", subject);
        }
        page.add(facts.build().build());
        if (picture != null) {
            page.add(
                    Markup.element("img", "picture")
                            .attribute("alt", "The picture that the guest drew")
                            .attribute(
                                    "src",
                                    "data:image/png;base64,"
                                            + Base64.getEncoder()
                                                    .encodeToString(picture.toByteArray()))
                            .build());
        }
        page.add(checks(report.checks()));
        return page;
    }

    private static Markup.Builder answer(TestReport report, Wording wording) {
        int total = report.checks().size();
        int failed = report.failed().size();
        TestCause cause = report.cause();
        String what = cause == null ? "" : cause.what();
        Markup.Builder answer =
                switch (report.verdict()) {
                    case PASS -> Cards.answer("good", "PASS", "all " + total + " checks passed");
                    case DRAWS ->
                            Cards.answer(
                                    "bad",
                                    "DRAWS, BUT",
                                    failed + " of " + total + " checks failed");
                    case FAIL ->
                            Cards.answer(
                                    "bad",
                                    "FAIL",
                                    what + " (" + failed + " of " + total + " checks failed)");
                    case UNDECIDED -> Cards.answer("plain", "UNDECIDED", what);
                };
        if (cause != null) {
            answer.add(
                    new Facts()
                            .add("Likely cause", cause.likely())
                            .add(
                                    "Next",
                                    wording.remedy(cause.next(), report.device(), report.file()))
                            .build());
        }
        return answer;
    }

    private static Markup checks(List<Check> checks) {
        Markup.Builder rows = Markup.element("tbody");
        for (Check check : checks) {
            String word = check.ok() ? "good" : "bad";
            rows.add(
                    Markup.element("tr")
                            .add(
                                    Markup.element("td", "mark " + word)
                                            .text(check.ok() ? "passed" : "failed"))
                            .add(Markup.element("th").attribute("scope", "row").text(check.id()))
                            .add(Markup.element("td").text(check.evidence())));
        }
        return Markup.element("table", "checks")
                .attribute("aria-label", "Checks")
                .add(rows)
                .build();
    }
}
