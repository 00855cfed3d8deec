package igdrom.report.text;

import igdrom.report.ExtractReport;
import igdrom.report.ImageReport;

/// The paths of the files that were written.
final class ExtractText {
    private ExtractText() {}

    static StyledText of(ExtractReport report) {
        StyledText.Builder out = new StyledText.Builder();
        String directory = report.directory();
        String separator = directory.endsWith("/") || directory.isEmpty() ? "" : "/";
        for (ImageReport.Output output : report.image().outputs()) {
            out.line(directory + separator + output.name());
        }
        return out.build();
    }
}
