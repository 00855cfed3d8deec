package igdrom.report.json;

import igdrom.bytes.Guid;
import igdrom.firmware.Artifact;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.Artifact.Origin;
import igdrom.firmware.Artifact.VgaBios;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.firmware.Contents;
import igdrom.firmware.Node;
import igdrom.firmware.gop.Gop;
import igdrom.firmware.gop.GopVersion;
import igdrom.firmware.gop.Support;
import igdrom.firmware.lpc.LpcRead;
import igdrom.formats.pci.PciId;
import igdrom.json.JsonArray;
import igdrom.json.JsonNull;
import igdrom.json.JsonObject;
import igdrom.json.JsonValue;
import igdrom.report.Detail;
import igdrom.report.ImageAnswer;
import igdrom.report.ImageReport;
import igdrom.report.Wording;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/// What an image holds.
final class ImageJson {
    private final ImageReport report;

    /// By identity: comparing the bytes of two artifacts takes long.
    private final IdentityHashMap<Artifact, String> outputs = new IdentityHashMap<>();

    ImageJson(ImageReport report) {
        this.report = report;
        for (ImageReport.Output output : report.outputs()) {
            outputs.put(output.artifact(), output.name());
        }
    }

    /// The answer of `inspect`.
    JsonObject render(Detail detail, Wording wording) {
        JsonObject.Builder json = contents();
        ImageAnswer.of(report, wording).ifPresent(answer -> json.put("answer", answer(answer)));
        if (detail == Detail.ALL) {
            json.put("tree", node(report.contents().tree()));
        }
        return json.build();
    }

    /// The manifest of `extract`.
    JsonObject render() {
        return contents().build();
    }

    private static JsonObject answer(ImageAnswer answer) {
        PciId device = answer.device();
        return JsonObject.builder()
                .put("device", device == null ? null : device.toString())
                .put("yes", answer.yes())
                .put("statement", answer.statement())
                .put("remedies", JsonArray.ofStrings(answer.remedies()))
                .build();
    }

    private JsonObject.Builder contents() {
        Contents contents = report.contents();
        JsonObject.Builder json =
                JsonObject.builder().put("file", report.file()).put("size", report.size());
        if (report.sha256() != null) {
            json.put("sha256", report.sha256());
        }
        return json.put("kind", contents.kind().id())
                .put("gops", JsonArray.of(report.gops(), this::gop))
                .put("vbts", JsonArray.of(contents.vbts(), this::vbt))
                .put("vgaBioses", JsonArray.of(contents.vgaBioses(), this::vgaBios))
                .put("diagnostics", DiagnosticJson.of(contents.diagnostics()))
                .put("moreDiagnostics", contents.moreDiagnostics());
    }

    private JsonObject gop(GopDriver found) {
        Gop gop = found.gop();
        JsonObject.Builder json =
                artifact(found)
                        .put("arch", gop.arch().toString())
                        .put("version", version(gop.version()))
                        .put("deviceIds", JsonArray.ofStrings(gop.deviceIds()))
                        .put("usesPolicyProtocol", gop.usesPolicyProtocol())
                        .put("evidence", JsonArray.ofStrings(gop.reasons()))
                        .put("lpc", lpc(gop.lpc()));
        PciId device = report.device();
        if (device != null) {
            Support support = gop.support(device);
            json.put(
                    "support",
                    JsonObject.builder()
                            .put("device", device.toString())
                            .put("supported", support.supported())
                            .put("reason", support.reason())
                            .build());
        }
        return json.build();
    }

    private static JsonObject version(GopVersion version) {
        return JsonObject.builder()
                .put("major", number(version.major()))
                .put("minor", number(version.minor()))
                .put("build", number(version.build()))
                .build();
    }

    private static JsonValue number(@Nullable Integer number) {
        return number == null ? JsonNull.NULL : JsonValue.of(number);
    }

    private static JsonObject lpc(LpcRead read) {
        JsonObject.Builder json = JsonObject.builder();
        return switch (read) {
            case LpcRead.None _ -> json.put("method", "none").build();
            case LpcRead.Unclear(String reason) ->
                    json.put("method", "unclear").put("reason", reason).build();
            case LpcRead.Site site ->
                    json.put("method", site.way().id())
                            .put("offset", site.offset())
                            .put("edited", site.edited().map(PciId::toString).orElse(null))
                            .put(
                                    "accepted",
                                    site.accepted()
                                            .<JsonValue>map(JsonArray::ofStrings)
                                            .orElse(JsonNull.NULL))
                            .build();
        };
    }

    private JsonObject vbt(VideoBiosTable found) {
        return artifact(found)
                .put("signature", found.vbt().header().signature().latin1().strip())
                .put("bdbVersion", found.vbt().bdb().version())
                .build();
    }

    private JsonObject vgaBios(VgaBios found) {
        return artifact(found).put("deviceIds", JsonArray.ofStrings(found.image().ids())).build();
    }

    /// What every artifact has.
    private JsonObject.Builder artifact(Artifact found) {
        Origin origin = found.origin();
        return JsonObject.builder()
                .put("sha256", found.bytes().sha256())
                .put("size", found.bytes().size())
                .put("location", origin.location().toString())
                .put("copies", JsonArray.ofStrings(origin.copies()))
                .put("fileGuid", origin.file().map(Guid::toString).orElse(null))
                .put("fileName", origin.fileName().orElse(null))
                .put("output", outputs.get(found));
    }

    private static JsonObject node(Node node) {
        JsonObject.Builder json =
                JsonObject.builder()
                        .put("type", DiagnosticJson.word(node.type()))
                        .put("label", node.label())
                        .put("offset", node.offset())
                        .put("size", node.size());
        if (!node.children().isEmpty()) {
            json.put("children", JsonArray.of(node.children(), ImageJson::node));
        }
        return json.build();
    }
}
