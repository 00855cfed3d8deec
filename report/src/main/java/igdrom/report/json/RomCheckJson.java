package igdrom.report.json;

import igdrom.json.JsonArray;
import igdrom.json.JsonObject;
import igdrom.report.RomCheckReport;
import igdrom.rom.Check;

/// The checks of a ROM.
final class RomCheckJson {
    private RomCheckJson() {}

    static JsonObject of(RomCheckReport report) {
        return JsonObject.builder()
                .put("file", report.file())
                .put("size", report.size())
                .put("sha256", report.sha256())
                .put("good", report.checks().good())
                .put("checks", JsonArray.of(report.checks().checks(), RomCheckJson::check))
                .build();
    }

    private static JsonObject check(Check check) {
        return JsonObject.builder()
                .put("verdict", DiagnosticJson.word(check.verdict()))
                .put("subject", check.subject())
                .put("message", check.message())
                .build();
    }
}
