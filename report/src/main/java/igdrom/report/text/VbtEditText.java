package igdrom.report.text;

import igdrom.formats.vbt.Output;
import igdrom.report.VbtEditReport;
import igdrom.report.Wording;
import java.util.List;

/// An edited VBT: the outputs that are switched off, those that are left, and how to use it.
final class VbtEditText {
    private final VbtEditReport report;
    private final StyledText.Builder out = new StyledText.Builder();

    private VbtEditText(VbtEditReport report) {
        this.report = report;
    }

    static StyledText of(VbtEditReport report, Wording wording) {
        VbtEditText text = new VbtEditText(report);
        text.render(wording);
        return text.out.build();
    }

    private void render(Wording wording) {
        String platform = report.platform();
        out.styled(Style.HEADING, report.output())
                .line(
                        ": "
                                + (report.isOpRegion() ? "OpRegion with " : "")
                                + "VBT "
                                + (platform.isEmpty() ? "without a name" : platform)
                                + ", "
                                + ByteSize.of(report.size()));
        outputs("off  ", Style.WARNING, report.disabled());
        outputs("left ", Style.GOOD, report.outputs());
        if (report.outputs().isEmpty()) {
            out.text("  ")
                    .styled(Style.WARNING, "note")
                    .line(" no output is left: some GOPs hang a guest with such a VBT");
        }
        out.newline().line("Next:");
        out.line("  " + wording.useEditedVbt(report.output(), report.isOpRegion()));
    }

    private void outputs(String state, Style style, List<Output> outputs) {
        int width = Math.max(VbtText.width(report.disabled()), VbtText.width(report.outputs()));
        for (Output output : outputs) {
            out.text("  " + state + " ")
                    .styled(style, VbtText.name(output, width))
                    .line("  " + output);
        }
    }
}
