package igdrom.report.html;

import igdrom.bytes.Image;
import igdrom.report.BuildReport;
import igdrom.report.BundleReport;
import igdrom.report.ConfigReport;
import igdrom.report.Detail;
import igdrom.report.DoctorReport;
import igdrom.report.DriverStepsReport;
import igdrom.report.EditReport;
import igdrom.report.ExtractReport;
import igdrom.report.ImageReport;
import igdrom.report.LayoutReport;
import igdrom.report.RefusalReport;
import igdrom.report.Report;
import igdrom.report.RomCheckReport;
import igdrom.report.SetupReport;
import igdrom.report.SnapshotReport;
import igdrom.report.TestReport;
import igdrom.report.VbtEditReport;
import igdrom.report.VbtReport;
import igdrom.report.VmReport;
import igdrom.report.Wording;
import igdrom.report.text.ReportText;
import igdrom.report.text.TextLayout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Renders reports as markup.
public final class ReportMarkup {
    private ReportMarkup() {}

    /// The markup of a report.
    public static List<Markup> of(Report report, Wording wording) {
        return switch (report) {
            case ImageReport image -> new ImageMarkup(image, wording).render();
            case RomCheckReport rom -> RomCheckMarkup.of(rom);
            case BuildReport build -> new BuildMarkup(wording).of(build);
            case RefusalReport refusal -> new BuildMarkup(wording).of(refusal);
            case TestReport test -> TestMarkup.of(test, null, wording);
            case VbtEditReport edit -> VbtMarkup.of(edit, wording);
            case ConfigReport config -> ConfigMarkup.of(config, wording);
            case BundleReport _,
                    DoctorReport _,
                    EditReport _,
                    ExtractReport _,
                    LayoutReport _,
                    VbtReport _,
                    DriverStepsReport _,
                    SetupReport _,
                    SnapshotReport _,
                    VmReport _ ->
                    List.of(plain(report, wording));
        };
    }

    /// The markup of a test, with its picture.
    ///
    /// @param picture as PNG, null when nothing was drawn
    public static List<Markup> of(TestReport report, @Nullable Image picture, Wording wording) {
        return TestMarkup.of(report, picture, wording);
    }

    /// The text of the command line.
    private static Markup plain(Report report, Wording wording) {
        TextLayout layout = new TextLayout(0, true, Detail.SUMMARY);
        return Markup.element("pre").text(ReportText.of(report, layout, wording).plain()).build();
    }
}
