package igdrom.report.json;

import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.formats.vbt.BdbBlock;
import igdrom.formats.vbt.DvoPort;
import igdrom.formats.vbt.Output;
import igdrom.formats.vbt.Panel;
import igdrom.formats.vbt.Timing;
import igdrom.json.JsonArray;
import igdrom.json.JsonObject;
import igdrom.report.Detail;
import igdrom.report.VbtReport;

/// The VBTs of a file.
final class VbtJson {
    private VbtJson() {}

    static JsonObject of(VbtReport report, Detail detail) {
        return JsonObject.builder()
                .put("file", report.file())
                .put("size", report.size())
                .put("sha256", report.sha256())
                .put("kind", report.kind().id())
                .put("vbts", JsonArray.of(report.vbts(), entry -> vbt(entry, detail)))
                .build();
    }

    private static JsonObject vbt(VbtReport.Entry entry, Detail detail) {
        VideoBiosTable table = entry.table();
        JsonObject.Builder json =
                JsonObject.builder()
                        .put("sha256", table.bytes().sha256())
                        .put("size", table.bytes().size())
                        .put("location", table.origin().location().toString())
                        .put("signature", table.vbt().header().signature().latin1().strip())
                        .put("platform", table.vbt().header().platform())
                        .put("bdbVersion", table.vbt().bdb().version())
                        .put("outputs", JsonArray.of(entry.content().outputs(), VbtJson::output))
                        .put("diagnostics", DiagnosticJson.of(entry.diagnostics()));
        if (detail == Detail.ALL) {
            json.put("blocks", JsonArray.of(table.vbt().bdb().blocks(), VbtJson::block));
        }
        return json.build();
    }

    static JsonObject output(Output output) {
        JsonObject.Builder json =
                JsonObject.builder()
                        .put("name", output.name())
                        .put("kind", output.kind().label())
                        .put("port", output.device().port().map(DvoPort::label).orElse(null))
                        .put("typeC", output.typeC().isEmpty() ? null : output.typeC())
                        .put("handle", output.device().handle())
                        .put("deviceType", output.device().type().bits())
                        .put("dvoPort", output.device().dvoPort())
                        .put("ddcPin", output.ddcPin())
                        .put("auxChannel", output.device().auxName().orElse(null))
                        .put("summary", output.toString());
        Panel panel = output.panel();
        if (panel != null) {
            json.put("panel", panel(panel));
        }
        return json.build();
    }

    private static JsonObject panel(Panel panel) {
        JsonObject.Builder json =
                JsonObject.builder()
                        .put("index", panel.index())
                        .put("name", panel.name())
                        .put("placeholder", panel.isPlaceholder())
                        .put("bitsPerPixel", panel.bitsPerPixel());
        Timing timing = panel.timing();
        if (timing != null) {
            json.put(
                    "timing",
                    JsonObject.builder()
                            .put("width", timing.width())
                            .put("height", timing.height())
                            .put("refresh", timing.refresh())
                            .put("clockKhz", timing.clockKhz())
                            .build());
        }
        return json.build();
    }

    private static JsonObject block(BdbBlock block) {
        return JsonObject.builder()
                .put("id", block.id())
                .put("name", block.name())
                .put("offset", block.offset())
                .put("size", block.raw().size())
                .build();
    }
}
