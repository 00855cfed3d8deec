package igdrom.report.json;

import igdrom.json.JsonArray;
import igdrom.json.JsonObject;
import igdrom.report.TestReport;

/// The verdict of a test.
final class TestJson {
    private TestJson() {}

    static JsonObject of(TestReport report) {
        TestReport.Registers registers = report.registers();
        return JsonObject.builder()
                .put("file", report.file())
                .put("verdict", report.passed() ? "pass" : "fail")
                .put("device", report.device().toString())
                .put("machine", report.machine())
                .put("checks", JsonArray.of(report.checks(), TestJson::check))
                .put("notProved", JsonArray.ofStrings(report.notProved()))
                .put("asls", registers == null ? null : hex(registers.asls()))
                .put("bdsm", registers == null ? null : hex(registers.bdsm()))
                .put("screenshot", report.screenshot())
                .build();
    }

    private static JsonObject check(TestReport.Check check) {
        return JsonObject.builder()
                .put("id", check.id())
                .put("ok", check.ok())
                .put("evidence", check.evidence())
                .build();
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
