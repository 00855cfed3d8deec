package igdrom.cli.commands;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Guid;
import igdrom.bytes.Location;
import igdrom.cli.output.Json;
import igdrom.cli.output.OutputException;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.Artifact.Origin;
import igdrom.firmware.Artifact.VgaBios;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.firmware.Artifact;
import igdrom.firmware.Node;
import igdrom.firmware.gop.Evidence;
import igdrom.firmware.gop.GopVersion;
import igdrom.firmware.gop.Support;
import igdrom.firmware.lpc.LpcRead;
import igdrom.firmware.lpc.PchRange;
import igdrom.formats.pci.PciId;
import java.util.IdentityHashMap;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A [Report] as the fields of a JSON object that has its `file` already.
final class ReportJson {
    private final Json json;
    private final Report report;

    /// By the very find: to compare the bytes of two takes long.
    private final IdentityHashMap<Artifact, String> outputs = new IdentityHashMap<>();

    private ReportJson(Json json, Report report) {
        this.json = json;
        this.report = report;
        for (Report.Written output : report.outputs()) {
            outputs.put(output.find(), output.name());
        }
    }

    static void write(Json json, Report report, boolean tree) throws OutputException {
        new ReportJson(json, report).write(tree);
    }

    private void write(boolean tree) throws OutputException {
        json.number("size", report.size());
        if (report.sha256().isPresent()) {
            json.text("sha256", report.sha256().get());
        }
        json.text("kind", report.contents().kind().id());
        json.array("gop");
        for (GopDriver gop : report.gops()) {
            gop(gop);
        }
        json.endArray().array("vbt");
        for (VideoBiosTable vbt : report.contents().vbts()) {
            vbt(vbt);
        }
        json.endArray().array("vbios");
        for (VgaBios vgaBios : report.contents().vgaBioses()) {
            vgaBios(vgaBios);
        }
        json.endArray();
        diagnostics(json, report.contents().diagnostics());
        json.number("moreFindings", report.contents().moreDiagnostics());
        if (tree) {
            json.object("tree");
            node(report.contents().tree());
            json.endObject();
        }
    }

    static void diagnostics(Json json, Iterable<Diagnostic> diagnostics) throws OutputException {
        json.array("findings");
        for (Diagnostic diagnostic : diagnostics) {
            json.object()
                    .text("severity", diagnostic.severity().name().toLowerCase(Locale.ROOT))
                    .text("place", diagnostic.location().toString())
                    .number("offset", diagnostic.offset())
                    .text("problem", diagnostic.problem())
                    .endObject();
        }
        json.endArray();
    }

    private void gop(GopDriver found) throws OutputException {
        json.object();
        start(found);
        GopVersion version = found.gop().version();
        json.text("arch", found.gop().arch().toString());
        json.object("version");
        part("major", version.major());
        part("minor", version.minor());
        part("build", version.build());
        json.endObject().array("deviceIds");
        for (PciId id : found.gop().deviceIds()) {
            json.text(id.toString());
        }
        json.endArray().truth("usesPolicyProtocol", found.gop().usesPolicyProtocol());
        json.array("reasons");
        for (Evidence evidence : found.gop().reasons()) {
            json.text(evidence.toString());
        }
        json.endArray();
        lpc(found.gop().lpc());
        if (report.device().isPresent()) {
            Support support = found.gop().support(report.device().get());
            json.object("support")
                    .text("device", report.device().get().toString())
                    .truth("yes", support.yes())
                    .text("reason", support.reason())
                    .endObject();
        }
        json.endObject();
    }

    private void lpc(LpcRead read) throws OutputException {
        json.object("lpc");
        if (read instanceof LpcRead.None) {
            json.text("way", "none");
        } else if (read instanceof LpcRead.Unclear(String reason)) {
            json.text("way", "unclear").text("reason", reason);
        } else if (read instanceof LpcRead.Site site) {
            json.text("way", site.way().id()).number("offset", site.offset());
            json.text("edited", site.edited().map(PciId::toString).orElse(null));
            if (site.accepted().isPresent()) {
                json.array("accepted");
                for (PchRange range : site.accepted().get()) {
                    json.text(range.toString());
                }
                json.endArray();
            } else {
                json.nothing("accepted");
            }
        }
        json.endObject();
    }

    private void vbt(VideoBiosTable found) throws OutputException {
        json.object();
        start(found);
        json.text("signature", found.vbt().header().signature().latin1().strip());
        json.number("bdbVersion", found.vbt().bdb().version());
        json.endObject();
    }

    private void vgaBios(VgaBios found) throws OutputException {
        json.object();
        start(found);
        json.array("deviceIds");
        for (PciId id : found.image().ids()) {
            json.text(id.toString());
        }
        json.endArray().endObject();
    }

    /// What every find has.
    private void start(Artifact found) throws OutputException {
        Origin origin = found.origin();
        json.text("sha256", found.bytes().sha256());
        json.number("size", found.bytes().size());
        json.text("place", origin.location().toString());
        json.array("copies");
        for (Location copy : origin.copies()) {
            json.text(copy.toString());
        }
        json.endArray();
        json.text("fileGuid", origin.file().map(Guid::toString).orElse(null));
        json.text("fileName", origin.fileName().orElse(null));
        json.text("output", outputs.get(found));
    }

    private void part(String name, @Nullable Integer number) throws OutputException {
        if (number == null) {
            json.nothing(name);
        } else {
            json.number(name, number);
        }
    }

    private void node(Node node) throws OutputException {
        json.text("type", node.type().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        json.text("label", node.label());
        json.number("offset", node.offset()).number("size", node.size());
        if (!node.children().isEmpty()) {
            json.array("children");
            for (Node child : node.children()) {
                json.object();
                node(child);
                json.endObject();
            }
            json.endArray();
        }
    }
}
