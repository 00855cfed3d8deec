package igdrom.report.json;

import igdrom.json.JsonArray;
import igdrom.json.JsonNull;
import igdrom.json.JsonObject;
import igdrom.report.TestCause;
import igdrom.report.TestReport;
import igdrom.report.Wording;
import java.util.Locale;

/// The verdict of a test.
final class TestJson {
    private TestJson() {}

    static JsonObject of(TestReport report, Wording wording) {
        TestReport.Machine machine = report.machine();
        TestCause cause = report.cause();
        TestReport.Registers registers = report.registers();
        return JsonObject.builder()
                .put("file", report.file())
                .put("verdict", report.verdict().name().toLowerCase(Locale.ROOT))
                .put("device", report.device().toString())
                .put("machine", machine.type())
                .put(
                        "lpcBridge",
                        machine.lpcBridge() == null ? null : machine.lpcBridge().toString())
                .put("asBuilt", machine.asBuilt())
                .put("real", machine.real())
                .put("assumed", JsonArray.ofStrings(report.assumed()))
                .put("checks", JsonArray.of(report.checks(), TestJson::check))
                .put("notProved", JsonArray.ofStrings(report.notProved()))
                .put("cause", cause == null ? JsonNull.NULL : cause(cause, report, wording))
                .put("asls", registers == null ? null : hex(registers.asls()))
                .put("bdsm", registers == null ? null : hex(registers.bdsm()))
                .put("screenshot", report.screenshot())
                .build();
    }

    private static JsonObject cause(TestCause cause, TestReport report, Wording wording) {
        return JsonObject.builder()
                .put("id", cause.id())
                .put("what", cause.what())
                .put("likely", cause.likely())
                .put("next", wording.remedy(cause.next(), report.device(), report.file()))
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
