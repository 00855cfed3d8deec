package igdrom.report.json;

import igdrom.json.JsonArray;
import igdrom.json.JsonObject;
import igdrom.report.BundleReport;
import igdrom.report.BundleReport.BundledFile;

/// The files of a bug report.
final class BundleJson {
    private BundleJson() {}

    static JsonObject of(BundleReport report) {
        return JsonObject.builder()
                .put("output", report.output())
                .put("size", report.size())
                .put("tablesLeftOut", report.tablesLeftOut())
                .put("files", JsonArray.of(report.files(), BundleJson::file))
                .build();
    }

    private static JsonObject file(BundledFile file) {
        return JsonObject.builder()
                .put("name", file.name())
                .put("size", file.size())
                .put("about", file.about())
                .put("removed", JsonArray.ofStrings(file.removed()))
                .build();
    }
}
