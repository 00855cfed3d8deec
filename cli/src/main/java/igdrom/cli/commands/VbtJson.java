package igdrom.cli.commands;

import igdrom.bytes.Diagnostics;
import igdrom.cli.output.Json;
import igdrom.cli.output.OutputException;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.formats.vbt.BdbBlock;
import igdrom.formats.vbt.DvoPort;
import igdrom.formats.vbt.Panel;
import igdrom.formats.vbt.Timing;
import igdrom.formats.vbt.VbtContent;

/// A VBT as an object in a JSON array.
final class VbtJson {
    private VbtJson() {}

    static void write(
            Json json,
            VideoBiosTable found,
            VbtContent content,
            Diagnostics diagnostics,
            boolean blocks)
            throws OutputException {
        json.object()
                .text("sha256", found.bytes().sha256())
                .number("size", found.bytes().size())
                .text("place", found.origin().location().toString())
                .text("signature", found.vbt().header().signature().latin1().strip())
                .text("platform", found.vbt().header().platform())
                .number("bdbVersion", found.vbt().bdb().version())
                .array("outputs");
        for (var output : content.outputs()) {
            json.object()
                    .text("kind", output.kind().label())
                    .text("port", output.device().port().map(DvoPort::label).orElse(null))
                    .text("typeC", output.typeC().isEmpty() ? null : output.typeC())
                    .number("handle", output.device().handle())
                    .number("deviceType", output.device().type().bits())
                    .number("dvoPort", output.device().dvoPort())
                    .number("ddcPin", output.ddcPin())
                    .text("auxChannel", output.device().auxName().orElse(null))
                    .text("summary", output.toString());
            Panel panel = output.panel();
            if (panel != null) {
                json.object("panel");
                panel(json, panel);
                json.endObject();
            }
            json.endObject();
        }
        json.endArray();
        ReportJson.diagnostics(json, diagnostics.list());
        if (blocks) {
            json.array("blocks");
            for (BdbBlock block : found.vbt().bdb().blocks()) {
                json.object()
                        .number("id", block.id())
                        .text("name", block.name())
                        .number("offset", block.offset())
                        .number("size", block.raw().size())
                        .endObject();
            }
            json.endArray();
        }
        json.endObject();
    }

    private static void panel(Json json, Panel panel) throws OutputException {
        json.number("index", panel.index())
                .text("name", panel.name())
                .truth("placeholder", panel.isPlaceholder())
                .number("bitsPerPixel", panel.bitsPerPixel());
        Timing timing = panel.timing();
        if (timing != null) {
            json.object("timing")
                    .number("width", timing.width())
                    .number("height", timing.height())
                    .number("refresh", timing.refresh())
                    .number("clockKhz", timing.clockKhz())
                    .endObject();
        }
    }
}
