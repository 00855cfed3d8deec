package igdrom.report.json;

import igdrom.hypervisor.ConfigPart;
import igdrom.json.JsonArray;
import igdrom.json.JsonObject;
import igdrom.plan.PlanMessage;
import igdrom.plan.vm.VmPlan;
import igdrom.plan.vm.VmResult;
import igdrom.report.ConfigReport;
import igdrom.report.Wording;
import java.util.List;

/// The configuration of a virtual machine, or why there is none.
final class ConfigJson {
    private ConfigJson() {}

    static JsonObject of(ConfigReport report, Wording wording) {
        JsonObject.Builder object = JsonObject.builder();
        switch (report.result()) {
            case VmPlan plan -> plan(object, plan);
            case VmResult.Refused _ -> object.putNull("hypervisor");
        }
        List<PlanMessage> messages = report.result().messages();
        object.put("parts", JsonArray.of(report.parts(), ConfigJson::part))
                .put("messages", BuildJson.messages(messages, wording));
        List<String> problems = report.problems(wording);
        if (!problems.isEmpty()) {
            object.put("error", problems.getFirst());
        }
        return object.build();
    }

    private static void plan(JsonObject.Builder object, VmPlan plan) {
        JsonObject.Builder options = JsonObject.builder();
        plan.igd().options().forEach(options::put);
        object.put("hypervisor", plan.definition().hypervisor().id())
                .put("device", plan.device().toString())
                .put("machine", plan.machine().id())
                .put("firmware", plan.firmware().id())
                .put("addressBits", plan.addressWidth().bits())
                .put("romFile", plan.igd().romFile())
                .put("hostFunctions", JsonArray.ofStrings(plan.hostFunctions()))
                .put("options", options.build())
                .put("reason", plan.why());
    }

    private static JsonObject part(ConfigPart part) {
        return JsonObject.builder()
                .put("title", part.title())
                .put("path", part.path())
                .put("executable", part.executable())
                .put("text", part.text())
                .build();
    }
}
