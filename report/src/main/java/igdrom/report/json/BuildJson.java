package igdrom.report.json;

import igdrom.bytes.Image;
import igdrom.firmware.lpc.LpcEdit;
import igdrom.firmware.lpc.Patch;
import igdrom.formats.oprom.RomImage;
import igdrom.json.JsonArray;
import igdrom.json.JsonNull;
import igdrom.json.JsonObject;
import igdrom.json.JsonString;
import igdrom.json.JsonValue;
import igdrom.plan.Conflict;
import igdrom.plan.Decision;
import igdrom.plan.GuestMachine;
import igdrom.plan.Plan;
import igdrom.plan.PlanMessage;
import igdrom.plan.PlannedGop;
import igdrom.plan.Remedy;
import igdrom.report.BuildReport;
import igdrom.report.NextSteps;
import igdrom.report.PlanSentences;
import igdrom.report.RefusalReport;
import igdrom.report.Wording;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A ROM that was built, or why it was not.
final class BuildJson {
    private BuildJson() {}

    static JsonObject of(BuildReport report, Wording wording) {
        Plan plan = report.plan();
        Image bytes = report.rom().image();
        return JsonObject.builder()
                .put("output", report.file())
                .put("size", bytes.size())
                .put("sha256", bytes.sha256())
                .put("device", plan.device().toString())
                .put("platform", plan.platform().name())
                .put("machines", JsonArray.of(plan.machines(), BuildJson::machine))
                .put("images", JsonArray.of(report.rom().images(), BuildJson::image))
                .put("gopEdit", edit(plan.gop()))
                .put(
                        "decisions",
                        JsonArray.of(plan.decisions(), decision -> decision(decision, wording)))
                .put("messages", messages(plan.messages(), wording))
                .put("next", JsonArray.ofStrings(NextSteps.of(report, wording)))
                .build();
    }

    static JsonObject of(RefusalReport report, Wording wording) {
        List<String> problems = report.problems(wording);
        return JsonObject.builder()
                .putNull("output")
                .put("messages", messages(report.refused().messages(), wording))
                .put("error", problems.isEmpty() ? null : problems.getFirst())
                .build();
    }

    private static JsonObject image(RomImage image) {
        return JsonObject.builder()
                .put("offset", image.offset())
                .put("size", image.raw().size())
                .put("codeType", image.pcir().codeTypeName())
                .put("compressed", image.compressed())
                .build();
    }

    private static JsonValue edit(@Nullable PlannedGop gop) {
        LpcEdit edit = gop == null ? null : gop.edit();
        if (gop == null || edit == null) {
            return JsonNull.NULL;
        }
        return JsonObject.builder()
                .put("bridge", edit.bridge().toString())
                .put("method", edit.way().id())
                .put("originalSha256", gop.original().sha256())
                .put("patches", JsonArray.of(edit.patches(), BuildJson::patch))
                .build();
    }

    private static JsonObject patch(Patch patch) {
        return JsonObject.builder()
                .put("offset", patch.offset())
                .put("before", hex(patch.before()))
                .put("after", hex(patch.after()))
                .build();
    }

    private static String hex(Image bytes) {
        return HexFormat.ofDelimiter(" ").formatHex(bytes.toByteArray());
    }

    private static JsonObject decision(Decision decision, Wording wording) {
        return JsonObject.builder()
                .put("subject", DiagnosticJson.word(decision.subject()))
                .put("choice", decision.choice())
                .put("reason", PlanSentences.reasons(decision, wording))
                .build();
    }

    static JsonArray messages(List<PlanMessage> messages, Wording wording) {
        return JsonArray.of(messages, message -> message(message, wording));
    }

    private static JsonObject message(PlanMessage message, Wording wording) {
        Conflict conflict = message.conflict();
        return JsonObject.builder()
                .put("severity", DiagnosticJson.word(message.severity()))
                .put("message", PlanSentences.message(message, wording))
                .put("remedies", JsonArray.of(message.remedies(), BuildJson::remedy))
                .put("conflict", conflict == null ? null : conflict.id())
                .build();
    }

    private static JsonString machine(GuestMachine machine) {
        return new JsonString(machine.id());
    }

    private static JsonString remedy(Remedy remedy) {
        return new JsonString(DiagnosticJson.word(remedy));
    }
}
