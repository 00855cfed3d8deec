package igdrom.report.json;

import igdrom.json.JsonArray;
import igdrom.json.JsonNull;
import igdrom.json.JsonObject;
import igdrom.plan.vm.VmDefinition;
import igdrom.report.Answer;
import igdrom.report.VmReport;
import igdrom.report.VmReport.Finding;
import igdrom.report.Wording;

/// The problems of a definition of a virtual machine.
final class VmJson {
    private VmJson() {}

    static JsonObject of(VmReport report, Wording wording) {
        VmDefinition vm = report.vm().vm();
        return JsonObject.builder()
                .put("file", report.vm().name())
                .put("hypervisor", vm.hypervisor().id())
                .put("machine", vm.machine() == null ? null : vm.machine().id())
                .put("igd", vm.igd() == null ? null : vm.igd().host())
                .put("romFile", vm.igd() == null ? null : vm.igd().romFile())
                .put("good", report.answer() == Answer.YES)
                .put("findings", JsonArray.of(report.findings(), VmJson::finding))
                .put(
                        "host",
                        report.host() == null
                                ? JsonNull.NULL
                                : new DoctorJson(report.host(), wording).render())
                .build();
    }

    private static JsonObject finding(Finding finding) {
        return JsonObject.builder()
                .put("severity", DiagnosticJson.word(finding.problem().severity()))
                .put("line", finding.line())
                .put("subject", finding.problem().subject())
                .put("message", finding.problem().text())
                .put("says", finding.problem().says())
                .put("fix", finding.problem().fix())
                .build();
    }
}
