package igdrom.report.text;

import igdrom.bytes.Image;
import igdrom.firmware.lpc.Patch;
import igdrom.formats.oprom.PciData;
import igdrom.formats.oprom.RomImage;
import igdrom.plan.Decision;
import igdrom.plan.GuestMachine;
import igdrom.plan.Plan;
import igdrom.plan.PlanMessage;
import igdrom.plan.PlanMessage.Severity;
import igdrom.plan.PlannedGop;
import igdrom.report.BuildReport;
import igdrom.report.NextSteps;
import igdrom.report.PlanSentences;
import igdrom.report.Wording;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Renders a [BuildReport]: the ROM's contents, their sources, and the next steps.
final class BuildText {
    private static final int SUBJECT_COLUMNS = 15;

    private final BuildReport report;
    private final Wording wording;
    private final StyledText.Builder out = new StyledText.Builder();

    BuildText(BuildReport report, Wording wording) {
        this.report = report;
        this.wording = wording;
    }

    StyledText render() {
        Plan plan = report.plan();
        out.styled(Style.HEADING, report.file()).line(": " + summary());
        for (Decision decision : plan.decisions()) {
            addSubject(decision.subject().label()).line(decision.choice());
            addSubject("")
                    .styled(Style.DIM, "(" + PlanSentences.reasons(decision, wording) + ")")
                    .newline();
        }
        addEdit(plan.gop());
        addSubject("images").line(String.join(", ", images()));
        addMessages(plan.messages());
        out.newline().line("Next:");
        for (String step : NextSteps.of(report, wording)) {
            step(step);
        }
        if (plan.gop() != null) {
            out.line("The ROM contains Intel's GOP: do not publish this file.");
        }
        return out.build();
    }

    private String summary() {
        Plan plan = report.plan();
        return ByteSize.of(report.rom().size())
                + " for "
                + plan.device()
                + " ("
                + plan.platform().codename()
                + ")"
                + (plan.machines().contains(GuestMachine.BHYVE) ? ", works in " : ", works on ")
                + GuestMachine.list(plan.machines());
    }

    /// A step that can be pasted into a shell is folded as a command line.
    private void step(String step) {
        out.text("  " + step);
        if (step.contains(" -") || step.startsWith("igdrom ")) {
            out.commandLine();
        } else {
            out.newline();
        }
    }

    private StyledText.Builder addSubject(String subject) {
        int padding = Math.max(1, SUBJECT_COLUMNS - subject.length());
        return out.text("  " + subject + " ".repeat(padding));
    }

    private void addEdit(@Nullable PlannedGop gop) {
        if (gop == null || gop.edit() == null) {
            return;
        }
        for (Patch patch : gop.edit().patches()) {
            addSubject("edit")
                    .line(
                            "+0x%x: %s becomes %s"
                                    .formatted(
                                            patch.offset(),
                                            hex(patch.before()),
                                            hex(patch.after())));
        }
    }

    private void addMessages(List<PlanMessage> messages) {
        for (PlanMessage message : messages) {
            boolean warning = message.severity() != Severity.NOTE;
            String word = warning ? "warning" : "note";
            out.text("  ")
                    .styled(warning ? Style.WARNING : Style.DIM, word)
                    .line(
                            " ".repeat(SUBJECT_COLUMNS - word.length())
                                    + PlanSentences.message(message, wording));
        }
    }

    private List<String> images() {
        List<String> images = new ArrayList<>();
        for (RomImage image : report.rom().images()) {
            boolean isDriver = images.size() == report.plan().vgaBioses().size();
            String name =
                    image.pcir().codeType() == PciData.X86
                            ? "VGA BIOS"
                            : isDriver ? "igdrom's driver" : "GOP";
            images.add(name + " " + image.raw().size() + (image.compressed() ? " compressed" : ""));
        }
        return images;
    }

    private static String hex(Image bytes) {
        return HexFormat.ofDelimiter(" ").formatHex(bytes.toByteArray());
    }
}
