package igdrom.report.json;

import igdrom.json.JsonArray;
import igdrom.json.JsonFormat;
import igdrom.json.JsonObject;
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
import java.util.List;

/// Renders reports as JSON.
public final class ReportJson {
    private static final int SCHEMA = 1;

    /// Between the files of a document about several.
    public static final String FILES_SEPARATOR = ",";

    /// The end of a document about several files.
    public static final String FILES_END = "]}";

    private ReportJson() {}

    /// The object of a report, which is a document when it gets a schema, or one of several files
    /// in a document.
    public static JsonObject of(Report report, Detail detail, Wording wording) {
        return switch (report) {
            case ImageReport image -> new ImageJson(image).render(detail, wording);
            case ExtractReport extract -> new ImageJson(extract.image()).render();
            case VbtReport vbts -> VbtJson.of(vbts, detail);
            case VbtEditReport edit -> VbtEditJson.of(edit);
            case RomCheckReport rom -> RomCheckJson.of(rom);
            case BuildReport build -> BuildJson.of(build, wording);
            case BundleReport bundle -> BundleJson.of(bundle);
            case ConfigReport config -> ConfigJson.of(config, wording);
            case LayoutReport layout -> LayoutJson.of(layout, wording);
            case VmReport vm -> VmJson.of(vm, wording);
            case EditReport edited -> EditJson.of(edited, wording);
            case RefusalReport refusal -> BuildJson.of(refusal, wording);
            case DoctorReport doctor -> new DoctorJson(doctor, wording).render();
            case DriverStepsReport steps -> DriverStepsJson.of(steps, wording);
            case TestReport test -> TestJson.of(test, wording);
            case SetupReport setup -> SetupJson.of(setup);
            case SnapshotReport snapshot -> SnapshotReportJson.of(snapshot);
        };
    }

    /// A document about one thing: the schema, then the members of `answer`.
    public static JsonObject document(JsonObject answer) {
        return JsonObject.builder().put("schema", SCHEMA).putAll(answer).build();
    }

    /// The beginning of a document about several files, which are printed one after the other with
    /// [#FILES_SEPARATOR] between them and [#FILES_END] after them.
    public static String filesStart(JsonFormat format) {
        JsonObject none = JsonObject.builder().put("files", new JsonArray(List.of())).build();
        String document = format.print(document(none), JsonFormat.Layout.COMPACT);
        return document.substring(0, document.length() - FILES_END.length());
    }

    /// What is printed instead of a report when a command fails.
    ///
    /// @param exitCode that the command ends with
    public static JsonObject failure(String error, int exitCode) {
        return JsonObject.builder().put("error", error).put("exitCode", exitCode).build();
    }

    /// The entry for a file that cannot be read, in a document about several files.
    public static JsonObject failure(String file, String error, int exitCode) {
        return JsonObject.builder().put("file", file).putAll(failure(error, exitCode)).build();
    }
}
