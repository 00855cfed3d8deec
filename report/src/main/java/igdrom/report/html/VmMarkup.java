package igdrom.report.html;

import igdrom.plan.PlanMessage.Severity;
import igdrom.plan.vm.VmProblem;
import igdrom.report.VmReport;
import igdrom.report.VmReport.Finding;
import igdrom.report.Wording;
import java.util.ArrayList;
import java.util.List;

/// The problems of a definition of a virtual machine, line by line, and its host.
final class VmMarkup {
    private VmMarkup() {}

    static List<Markup> of(VmReport report, Wording wording) {
        long errors =
                report.findings().stream()
                        .filter(finding -> finding.problem().severity() == Severity.ERROR)
                        .count();
        List<Markup> page = new ArrayList<>();
        page.add(
                (errors == 0
                                ? Cards.answer(
                                        "good",
                                        "GOOD",
                                        "nothing in this definition prevents it from working, as"
                                                + " far as its text shows")
                                : Cards.answer(
                                        "bad",
                                        "BAD",
                                        errors == 1
                                                ? "this definition has an error"
                                                : "this definition has " + errors + " errors"))
                        .build());
        page.add(Cards.file(report.vm().name(), report.vm().vm().hypervisor().title(), null));
        if (!report.findings().isEmpty()) {
            Markup.Builder rows = Markup.element("tbody");
            report.findings().forEach(finding -> rows.add(row(finding)));
            page.add(
                    Markup.element("table", "checks host")
                            .attribute("aria-label", "Findings")
                            .add(rows)
                            .build());
        }
        if (report.host() != null) {
            page.add(Markup.element("h2").text("The host").build());
            page.addAll(DoctorMarkup.of(report.host(), wording));
        }
        return page;
    }

    private static Markup.Builder row(Finding finding) {
        VmProblem problem = finding.problem();
        boolean error = problem.severity() == Severity.ERROR;
        String line = finding.line() == 0 ? "" : "line " + finding.line() + ", ";
        Markup.Builder cell = Markup.element("td").text(Cards.sentence(problem.text()));
        if (!finding.text().isEmpty()) {
            cell.add(Markup.element("span", "reason dim code").text(finding.text()));
        }
        if (problem.says() != null) {
            cell.add(
                    Markup.element("span", "reason")
                            .text("The hypervisor says: " + problem.says()));
        }
        return Markup.element("tr")
                .add(
                        Markup.element("td", error ? "mark bad" : "mark note")
                                .text(error ? "error" : "warning"))
                .add(Markup.element("th").attribute("scope", "row").text(line + problem.subject()))
                .add(cell.add(Cards.list("fixes", List.of(Cards.sentence(problem.fix())))));
    }
}
