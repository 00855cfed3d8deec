package igdrom.report.json;

import igdrom.json.JsonArray;
import igdrom.json.JsonObject;
import igdrom.report.EditReport;
import igdrom.report.Wording;

/// A definition that was changed or restored, or why not.
final class EditJson {
    private EditJson() {}

    static JsonObject of(EditReport report, Wording wording) {
        return JsonObject.builder()
                .put("file", report.file())
                .put("written", report.written())
                .put("diff", JsonArray.ofStrings(report.diff()))
                .put("files", JsonArray.ofStrings(report.files()))
                .put("backup", report.backup())
                .put("refusals", JsonArray.ofStrings(report.refusals()))
                .put("messages", BuildJson.messages(report.messages(), wording))
                .build();
    }
}
