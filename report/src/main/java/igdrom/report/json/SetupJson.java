package igdrom.report.json;

import igdrom.json.JsonArray;
import igdrom.json.JsonNull;
import igdrom.json.JsonObject;
import igdrom.report.SetupReport;

/// The tools of `igdrom test`.
final class SetupJson {
    private SetupJson() {}

    static JsonObject of(SetupReport report) {
        SetupReport.Fetched fetched = report.fetched();
        return JsonObject.builder()
                .put("directory", report.directory())
                .put("fetched", fetched == null ? JsonNull.NULL : fetched(fetched))
                .put("qemus", JsonArray.of(report.qemus(), SetupJson::qemu))
                .put("ovmfs", JsonArray.of(report.ovmfs(), SetupJson::ovmf))
                .put("kernels", JsonArray.of(report.kernels(), SetupJson::kernel))
                .put("refused", JsonArray.of(report.refused(), SetupJson::refused))
                .build();
    }

    private static JsonObject fetched(SetupReport.Fetched fetched) {
        return JsonObject.builder()
                .put("packages", JsonArray.ofStrings(fetched.packages()))
                .put("size", fetched.size())
                .put("mirror", fetched.mirror())
                .build();
    }

    private static JsonObject qemu(SetupReport.Qemu qemu) {
        return JsonObject.builder()
                .put("version", qemu.version())
                .put("origin", qemu.origin())
                .put("command", JsonArray.ofStrings(qemu.command()))
                .build();
    }

    private static JsonObject ovmf(SetupReport.Ovmf ovmf) {
        return JsonObject.builder()
                .put("origin", ovmf.origin())
                .put("code", ovmf.code())
                .put("variables", ovmf.variables())
                .build();
    }

    private static JsonObject kernel(SetupReport.Kernel kernel) {
        return JsonObject.builder()
                .put("image", kernel.image())
                .put("modules", kernel.modules())
                .build();
    }

    private static JsonObject refused(SetupReport.Refused refused) {
        return JsonObject.builder()
                .put("tool", refused.tool())
                .put("reason", refused.reason())
                .build();
    }
}
