package igdrom.report.html;

import igdrom.bytes.Image;
import igdrom.report.BuildReport;
import igdrom.report.ConfigReport;
import igdrom.report.DoctorReport;
import igdrom.report.ImageReport;
import igdrom.report.PageReport;
import igdrom.report.RefusalReport;
import igdrom.report.RomCheckReport;
import igdrom.report.SnapshotReport;
import igdrom.report.TestReport;
import igdrom.report.VbtEditReport;
import igdrom.report.VmReport;
import igdrom.report.Wording;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Renders reports as markup.
public final class ReportMarkup {
    private ReportMarkup() {}

    /// The markup of a report.
    public static List<Markup> of(PageReport report, Wording wording) {
        return switch (report) {
            case ImageReport image -> new ImageMarkup(image, wording).render();
            case RomCheckReport rom -> RomCheckMarkup.of(rom);
            case BuildReport build -> new BuildMarkup(wording).of(build);
            case RefusalReport refusal -> new BuildMarkup(wording).of(refusal);
            case TestReport test -> TestMarkup.of(test, null, wording);
            case VbtEditReport edit -> VbtMarkup.of(edit, wording);
            case ConfigReport config -> ConfigMarkup.of(config, wording);
            case DoctorReport host -> DoctorMarkup.of(host, wording);
            case VmReport vm -> VmMarkup.of(vm, wording);
            case SnapshotReport snapshot -> SnapshotMarkup.of(snapshot);
        };
    }

    /// The markup of a test, with its picture.
    ///
    /// @param picture as PNG, null when nothing was drawn
    public static List<Markup> of(TestReport report, @Nullable Image picture, Wording wording) {
        return TestMarkup.of(report, picture, wording);
    }
}
