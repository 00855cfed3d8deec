package igdrom.report.text;

import igdrom.report.BuildReport;
import igdrom.report.BundleReport;
import igdrom.report.ConfigReport;
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

/// Renders reports as text.
public final class ReportText {
    private ReportText() {}

    /// The text of a report, folded at the width of its medium.
    public static StyledText of(Report report, TextLayout layout, Wording wording) {
        return whole(report, layout, wording).folded(layout.columns());
    }

    private static StyledText whole(Report report, TextLayout layout, Wording wording) {
        return switch (report) {
            case ImageReport image -> new ImageText(image, layout, wording).render();
            case ExtractReport extract -> ExtractText.of(extract);
            case VbtReport vbts -> VbtText.of(vbts, layout);
            case VbtEditReport edit -> VbtEditText.of(edit, wording);
            case RomCheckReport rom -> RomCheckText.of(rom);
            case BuildReport build -> new BuildText(build, wording).render();
            case BundleReport bundle -> BundleText.of(bundle);
            case ConfigReport config -> ConfigText.of(config, wording);
            case LayoutReport memory -> LayoutText.of(memory, wording);
            case VmReport vm -> VmText.of(vm, layout, wording);
            case EditReport edited -> EditText.of(edited, wording);
            case RefusalReport _ -> StyledText.EMPTY;
            case DoctorReport doctor -> new DoctorText(doctor, layout, wording).render();
            case DriverStepsReport steps -> DriverStepsText.of(steps, wording);
            case TestReport test -> TestText.of(test, layout, wording);
            case SetupReport setup -> SetupText.of(setup);
            case SnapshotReport snapshot -> SnapshotText.of(snapshot);
        };
    }
}
