package igdrom.report.text;

import igdrom.plan.PlanMessage.Severity;
import igdrom.plan.vm.IgdDevice;
import igdrom.plan.vm.VmDefinition;
import igdrom.plan.vm.VmProblem;
import igdrom.report.Detail;
import igdrom.report.VmReport;
import igdrom.report.VmReport.Finding;
import igdrom.report.Wording;

/// The problems of a definition, line by line.
final class VmText {
    private static final int MAX_LINE = 100;

    private VmText() {}

    static StyledText of(VmReport report, TextLayout layout, Wording wording) {
        StyledText.Builder out = new StyledText.Builder();
        VmDefinition vm = report.vm().vm();
        out.styled(Style.HEADING, report.vm().name())
                .line(": " + vm.hypervisor().title() + machine(vm) + igd(vm));
        for (Finding finding : report.findings()) {
            finding(out, finding);
        }
        if (report.findings().isEmpty()) {
            out.line("  nothing is wrong with it, as far as its text shows");
        } else if (report.findings().stream()
                .noneMatch(finding -> finding.problem().severity() == Severity.ERROR)) {
            out.line("  nothing prevents it from working, as far as its text shows");
        }
        if (report.host() != null) {
            TextLayout brief = new TextLayout(layout.columns(), layout.unicode(), Detail.PROBLEMS);
            out.newline().add(new DoctorText(report.host(), brief, wording).render());
        }
        return out.build();
    }

    private static String machine(VmDefinition vm) {
        return vm.machine() == null ? "" : ", machine " + vm.machine().id();
    }

    private static String igd(VmDefinition vm) {
        IgdDevice igd = vm.igd();
        return igd == null
                ? ", no IGD"
                : ", " + igd.host() + (igd.romFile() == null ? "" : " with " + igd.romFile());
    }

    private static void finding(StyledText.Builder out, Finding finding) {
        VmProblem problem = finding.problem();
        boolean error = problem.severity() == Severity.ERROR;
        out.text("  ").styled(error ? Style.BAD : Style.WARNING, error ? "error  " : "warning");
        String subject = finding.line() == 0 ? "" : "line " + finding.line() + ": ";
        out.line("  " + subject + problem.subject() + ": " + problem.text());
        if (!finding.text().isEmpty()) {
            String line = finding.text();
            out.text("             ")
                    .styled(
                            Style.DIM,
                            line.length() <= MAX_LINE ? line : line.substring(0, MAX_LINE) + "...")
                    .newline();
        }
        if (problem.says() != null) {
            out.line("      says:  " + problem.says());
        }
        out.line("      fix:   " + problem.fix());
    }
}
