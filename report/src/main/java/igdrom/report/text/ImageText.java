package igdrom.report.text;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Location;
import igdrom.firmware.Artifact;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.Artifact.Origin;
import igdrom.firmware.Artifact.VgaBios;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.firmware.Contents;
import igdrom.firmware.gop.Evidence;
import igdrom.firmware.gop.Gop;
import igdrom.firmware.gop.Support;
import igdrom.firmware.lpc.LpcRead;
import igdrom.firmware.lpc.PchRange;
import igdrom.formats.pci.PciId;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.KnownGop;
import igdrom.knowledge.Platform;
import igdrom.report.ImageReport;
import igdrom.report.Wording;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What an image holds: the artifacts first, then the image around them.
final class ImageText {
    private static final String INDENT = "           ";
    private static final int MAX_DIAGNOSTICS = 5;
    private static final int DEFAULT_COLUMNS = 100;

    private final ImageReport report;
    private final TextLayout layout;
    private final Wording wording;
    private final StyledText.Builder out = new StyledText.Builder();

    ImageText(ImageReport report, TextLayout layout, Wording wording) {
        this.report = report;
        this.layout = layout;
        this.wording = wording;
    }

    StyledText render() {
        Contents contents = report.contents();
        out.styled(Style.HEADING, report.file())
                .line(": " + contents.kind().label() + ", " + ByteSize.of(report.size()));
        for (GopDriver gop : report.gops()) {
            gop(gop);
        }
        for (VideoBiosTable vbt : contents.vbts()) {
            vbt(vbt);
        }
        for (VgaBios vgaBios : contents.vgaBioses()) {
            vgaBios(vgaBios);
        }
        absent(contents);
        diagnostics(contents);
        if (!contents.tree().children().isEmpty()) {
            out.newline();
            new TreeText(out, layout).render(contents.tree());
        }
        return out.build();
    }

    private void gop(GopDriver found) {
        Gop gop = found.gop();
        head("GOP", gop.version() + ", " + gop.arch() + ", " + ByteSize.of(found.bytes().size()));
        String platforms = String.join(", ", platforms(gop.deviceIds()));
        if (!platforms.isEmpty()) {
            wrapped("graphics of", platforms);
        }
        origin(found.origin());
        if (gop.deviceIds().isEmpty()) {
            detail("its table of device ids was not found");
        } else {
            ids("for", gop.deviceIds());
        }
        PciId device = report.device();
        if (device != null) {
            Support support = gop.support(device);
            out.text(INDENT)
                    .styled(
                            support.supported() ? Style.GOOD : Style.BAD,
                            support.supported() ? "yes" : "no")
                    .line(" for " + device + ": " + support.reason());
        }
        lpc(gop.lpc());
        identity(found);
        Optional<KnownGop> known = Knowledge.gopBySha256(gop.sha256());
        if (known.isPresent()) {
            detail("the same driver is public in " + known.get().source());
        }
        if (layout.all()) {
            for (Evidence evidence : gop.reasons()) {
                detail("recognised by: " + evidence);
            }
        }
    }

    private void lpc(LpcRead read) {
        switch (read) {
            case LpcRead.None _ -> detail("does not read the LPC bridge's id");
            case LpcRead.Unclear(String reason) -> detail("LPC bridge: " + reason);
            case LpcRead.Site site -> lpc(site);
        }
    }

    private void lpc(LpcRead.Site site) {
        String location = site.way().label() + " at +0x" + Long.toHexString(site.offset());
        if (site.edited().isPresent()) {
            out.text(INDENT)
                    .styled(Style.HEADING, "edited")
                    .line(" at " + location + ": assumes the LPC bridge " + site.edited().get());
        } else {
            detail("reads the LPC bridge's id by " + location);
        }
        wrapped("works with", accepted(site));
    }

    private static String accepted(LpcRead.Site site) {
        if (site.accepted().isEmpty()) {
            return "PCH ids that its code does not show";
        }
        List<PchRange> ranges = site.accepted().get();
        return ranges.isEmpty()
                ? "any PCH id"
                : "PCH ids 8086: "
                        + String.join(" ", ranges.stream().map(PchRange::toString).toList());
    }

    private void vbt(VideoBiosTable found) {
        String platform = found.vbt().header().platform();
        int version = found.vbt().bdb().version();
        String name = platform.isEmpty() ? "no platform" : platform;
        head("VBT", name + ", BDB " + version + ", " + ByteSize.of(found.bytes().size()));
        origin(found.origin());
        identity(found);
    }

    private void vgaBios(VgaBios found) {
        head("VGA BIOS", ByteSize.of(found.bytes().size()));
        origin(found.origin());
        ids("for", found.image().ids());
        identity(found);
    }

    private void head(String subject, String text) {
        out.text("  ").styled(Style.GOOD, subject).line(" ".repeat(9 - subject.length()) + text);
    }

    private void origin(Origin origin) {
        out.line(INDENT + "at " + origin.location());
        for (Location copy : origin.copies()) {
            out.line(INDENT + "also at " + copy);
        }
        if (origin.fileName().isPresent()) {
            detail("in the file \"" + origin.fileName().get() + "\"");
        }
    }

    /// The platforms of devices, in the order of the devices. GOPs list some ids that belong to no
    /// known platform.
    private static Set<String> platforms(List<PciId> devices) {
        Set<String> platforms = new LinkedHashSet<>();
        for (PciId device : devices) {
            Knowledge.platformOf(device).map(Platform::codename).ifPresent(platforms::add);
        }
        return platforms;
    }

    private void ids(String before, List<PciId> ids) {
        wrapped(before, String.join(" ", ids.stream().map(PciId::toString).toList()));
    }

    /// Words after a first one, in as many lines as they need.
    private void wrapped(String before, String words) {
        int width = layout.columns() == 0 ? DEFAULT_COLUMNS : layout.columns();
        StringBuilder line = new StringBuilder(INDENT).append(before);
        for (String word : words.split(" ", -1)) {
            if (line.length() + 1 + word.length() > width) {
                out.line(line.toString());
                line.setLength(0);
                line.append(INDENT).append(" ".repeat(before.length()));
            }
            line.append(' ').append(word);
        }
        out.line(line.toString());
    }

    private void identity(Artifact found) {
        detail("sha256 " + found.bytes().sha256());
    }

    private void detail(String text) {
        out.text(INDENT).styled(Style.DIM, text).newline();
    }

    private void absent(Contents contents) {
        List<String> absent = new ArrayList<>();
        addAbsent(absent, contents.gops(), "GOP");
        addAbsent(absent, contents.vbts(), "VBT");
        addAbsent(absent, contents.vgaBioses(), "VGA BIOS");
        if (!absent.isEmpty()) {
            out.line("  " + String.join(", ", absent) + " found");
        }
    }

    private static void addAbsent(
            List<String> absent, List<? extends Artifact> artifacts, String name) {
        if (artifacts.isEmpty()) {
            absent.add("no " + name);
        }
    }

    private void diagnostics(Contents contents) {
        long total = contents.diagnostics().size() + contents.moreDiagnostics();
        if (total == 0) {
            return;
        }
        int shown = 0;
        for (Diagnostic diagnostic : contents.diagnostics()) {
            boolean broken = diagnostic.severity() == Diagnostic.Severity.BROKEN;
            // When nothing was found, any oddity may be the reason.
            boolean relevant = broken || contents.isEmpty();
            if (layout.all() || (relevant && shown < MAX_DIAGNOSTICS)) {
                shown++;
                out.text("  ")
                        .styled(broken ? Style.BAD : Style.WARNING, broken ? "broken" : "odd")
                        .line((broken ? "   " : "      ") + diagnostic);
            }
        }
        long rest = total - shown;
        if (rest > 0) {
            String more = (shown == 0 ? " " : " more ") + (rest == 1 ? "problem" : "problems");
            String how = layout.all() ? "" : " (" + wording.showAll() + " shows them)";
            out.line("  " + rest + more + " found" + how);
        }
    }
}
