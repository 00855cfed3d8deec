package igdrom.report.json;

import igdrom.formats.pci.PciId;
import igdrom.json.JsonArray;
import igdrom.json.JsonObject;
import igdrom.report.SnapshotReport;

/// A snapshot that was written.
final class SnapshotReportJson {
    private SnapshotReportJson() {}

    static JsonObject of(SnapshotReport report) {
        return JsonObject.builder()
                .put("output", report.output())
                .put("size", report.size())
                .put(
                        "device",
                        report.snapshot().igd().id().value().map(PciId::toString).orElse(null))
                .put("known", JsonArray.of(report.known(), SnapshotReportJson::known))
                .put("missing", JsonArray.of(report.missing(), SnapshotReportJson::missing))
                .build();
    }

    private static JsonObject known(SnapshotReport.Line line) {
        return JsonObject.builder().put("subject", line.subject()).put("text", line.text()).build();
    }

    private static JsonObject missing(SnapshotReport.Missing missing) {
        return JsonObject.builder()
                .put("subject", missing.subject())
                .put("reason", missing.reason())
                .build();
    }
}
