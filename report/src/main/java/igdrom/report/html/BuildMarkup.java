package igdrom.report.html;

import igdrom.formats.oprom.PciData;
import igdrom.formats.oprom.RomImage;
import igdrom.plan.Decision;
import igdrom.plan.GuestMachine;
import igdrom.plan.Plan;
import igdrom.plan.PlanMessage;
import igdrom.plan.PlanMessage.Severity;
import igdrom.report.BuildReport;
import igdrom.report.NextSteps;
import igdrom.report.PlanSentences;
import igdrom.report.RefusalReport;
import igdrom.report.Wording;
import igdrom.report.text.ByteSize;
import java.util.ArrayList;
import java.util.List;

/// A ROM that was built, or why it was not.
record BuildMarkup(Wording wording) {
    List<Markup> of(BuildReport report) {
        Plan plan = report.plan();
        List<Markup> page = new ArrayList<>();
        page.add(
                Cards.answer(
                                "good",
                                "DONE",
                                "The ROM for "
                                        + plan.device()
                                        + " ("
                                        + plan.platform().codename()
                                        + ") works "
                                        + (plan.machines().contains(GuestMachine.BHYVE)
                                                ? "in "
                                                : "on ")
                                        + GuestMachine.list(plan.machines()))
                        .build());
        page.add(
                Cards.file(
                        report.file(),
                        ByteSize.of(report.rom().size()) + ": " + images(report),
                        report.rom().image().sha256()));
        page.addAll(messages(plan.messages()));
        Markup.Builder rows = Markup.element("tbody");
        for (Decision decision : plan.decisions()) {
            rows.add(
                    Markup.element("tr")
                            .add(
                                    Markup.element("th")
                                            .attribute("scope", "row")
                                            .text(decision.subject().label()))
                            .add(
                                    Markup.element("td")
                                            .text(decision.choice())
                                            .add(
                                                    Markup.element("span", "reason dim")
                                                            .text(
                                                                    PlanSentences.reasons(
                                                                            decision, wording)))));
        }
        page.add(Markup.element("h3").text("Decisions").build());
        page.add(Markup.element("table", "decisions").add(rows).build());
        page.add(Markup.element("h3").text("Next").build());
        Markup.Builder steps = Markup.element("ul", "steps");
        for (String step : NextSteps.of(report, wording)) {
            steps.add(step(step));
        }
        page.add(steps.build());
        if (plan.gop() != null) {
            page.add(
                    Markup.element("p")
                            .text("The ROM contains Intel's GOP: do not publish this file.")
                            .build());
        }
        return page;
    }

    /// A step; a command line in it can be selected with one click.
    private static Markup.Builder step(String step) {
        int colon = step.indexOf(": ");
        if (!step.contains(" -") || colon < 0) {
            return Markup.element("li").text(step);
        }
        return Markup.element("li")
                .text(step.substring(0, colon + 2))
                .add(Markup.element("span", "code").text(step.substring(colon + 2)));
    }

    List<Markup> of(RefusalReport report) {
        List<Markup> page = new ArrayList<>();
        List<String> problems = report.problems(wording);
        page.add(
                Cards.answer(
                                "bad",
                                "NO ROM",
                                problems.isEmpty() ? "the parts do not fit" : problems.getFirst())
                        .build());
        List<PlanMessage> others = new ArrayList<>(report.refused().messages());
        others.removeIf(message ->
                !problems.isEmpty()
                        && PlanSentences.message(message, wording).equals(problems.getFirst()));
        page.addAll(messages(others));
        return page;
    }

    /// Notes, warnings and errors of a plan.
    List<Markup> messages(List<PlanMessage> messages) {
        if (messages.isEmpty()) {
            return List.of();
        }
        Markup.Builder list = Markup.element("ul", "messages");
        for (PlanMessage message : messages) {
            String tone = message.severity() == Severity.NOTE ? "note" : "bad";
            list.add(
                    Markup.element("li", tone)
                            .text(Cards.sentence(PlanSentences.message(message, wording))));
        }
        return List.of(list.build());
    }

    private static String images(BuildReport report) {
        List<String> images = new ArrayList<>();
        for (RomImage image : report.rom().images()) {
            boolean driver = images.size() == report.plan().vgaBioses().size();
            String name =
                    image.pcir().codeType() == PciData.X86
                            ? "the VGA BIOS"
                            : driver ? "igdrom's driver" : "the GOP";
            images.add(name + (image.compressed() ? " (compressed)" : ""));
        }
        return String.join(", ", images);
    }
}
