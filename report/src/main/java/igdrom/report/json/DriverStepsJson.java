package igdrom.report.json;

import igdrom.json.JsonArray;
import igdrom.json.JsonObject;
import igdrom.report.DriverConclusion;
import igdrom.report.DriverStepsReport;
import igdrom.report.DriverStepsReport.Step;
import igdrom.report.Wording;

/// What the driver reported.
final class DriverStepsJson {
    private DriverStepsJson() {}

    static JsonObject of(DriverStepsReport report, Wording wording) {
        return JsonObject.builder()
                .put("file", report.file())
                .put("steps", JsonArray.of(report.steps(), DriverStepsJson::step))
                .put("dropped", report.dropped())
                .put("conclusion", conclusion(report.conclusion(), wording))
                .put("diagnostics", DiagnosticJson.of(report.diagnostics()))
                .build();
    }

    private static JsonObject conclusion(DriverConclusion conclusion, Wording wording) {
        return JsonObject.builder()
                .put("id", conclusion.name())
                .put("good", conclusion.isGood())
                .put("message", conclusion.what())
                .put("next", wording.remedy(conclusion.next()))
                .build();
    }

    private static JsonObject step(Step step) {
        return JsonObject.builder()
                .put("number", step.number())
                .put("name", step.name())
                .put("outcomeNumber", step.outcomeNumber())
                .put("outcome", step.outcomeName())
                .put("failed", step.failed())
                .put("status", hex(step.status()))
                .put("value", hex(step.value()))
                .put("detail", hex(step.detail()))
                .put("message", step.message())
                .build();
    }

    /// Unsigned numbers of 64 bits, which JSON's readers seldom take as numbers.
    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
