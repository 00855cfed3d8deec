package igdrom.report.text;

import igdrom.report.BundleReport;
import igdrom.report.BundleReport.BundledFile;

/// The files of a bug report, and what was removed from them.
final class BundleText {
    private BundleText() {}

    static StyledText of(BundleReport report) {
        StyledText.Builder out = new StyledText.Builder();
        int files = report.files().size();
        String name = report.output() == null ? "the bundle" : report.output();
        out.styled(Style.HEADING, name)
                .line(": %d files, %s".formatted(files, ByteSize.of(report.size())));
        int columns =
                report.files().stream().mapToInt(file -> file.name().length()).max().orElse(0);
        for (BundledFile file : report.files()) {
            String padding = " ".repeat(columns - file.name().length());
            out.line(
                    "  %s%s  %9s  %s"
                            .formatted(
                                    file.name(), padding, ByteSize.of(file.size()), file.about()));
            if (!file.removed().isEmpty()) {
                out.line("    without " + String.join("; ", file.removed()));
            }
        }
        return out.build();
    }
}
