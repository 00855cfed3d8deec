package igdrom.report.json;

import igdrom.json.JsonArray;
import igdrom.json.JsonObject;
import igdrom.report.VbtEditReport;

/// A VBT some of whose outputs were switched off.
final class VbtEditJson {
    private VbtEditJson() {}

    static JsonObject of(VbtEditReport report) {
        return JsonObject.builder()
                .put("file", report.file())
                .put("kind", report.kind().id())
                .put("output", report.output())
                .put("size", report.size())
                .put("sha256", report.sha256())
                .put("platform", report.platform())
                .put("disabled", JsonArray.of(report.disabled(), VbtJson::output))
                .put("outputs", JsonArray.of(report.outputs(), VbtJson::output))
                .build();
    }
}
