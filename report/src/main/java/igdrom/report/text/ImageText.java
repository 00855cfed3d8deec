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
import igdrom.report.ImageAnswer;
import igdrom.report.ImageReport;
import igdrom.report.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// The answer to what was asked of an image, then its artifacts in a line each. With every detail,
/// the ids and locations of the artifacts and the parts of the image too.
final class ImageText {
    private static final String INDENT = "           ";
    private static final int MAX_DIAGNOSTICS = 5;
    private static final int MAX_ARTIFACTS = 3;

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
        ImageAnswer.of(report, wording).ifPresent(this::answer);
        out.styled(Style.HEADING, report.file())
                .line(": " + contents.kind().label() + ", " + ByteSize.of(report.size()));
        each(report.gops(), "GOPs", this::gop);
        each(contents.vbts(), "VBTs", this::vbt);
        each(contents.vgaBioses(), "VGA BIOSes", this::vgaBios);
        absent(contents);
        diagnostics(contents);
        if (layout.all() && !contents.tree().children().isEmpty()) {
            out.newline();
            new TreeText(out, layout).render(contents.tree());
        }
        return out.build();
    }

    /// All artifacts of a kind, or the first of many and the number of the others.
    private <A extends Artifact> void each(List<A> artifacts, String name, Consumer<A> print) {
        boolean many = artifacts.size() > MAX_ARTIFACTS + 1 && !layout.all();
        (many ? artifacts.subList(0, MAX_ARTIFACTS) : artifacts).forEach(print);
        if (many) {
            int more = artifacts.size() - MAX_ARTIFACTS;
            out.line(INDENT + more + " more " + name + " (" + wording.showAll() + " shows them)");
        }
    }

    private void answer(ImageAnswer answer) {
        String statement = answer.statement();
        String remedies =
                answer.remedies().isEmpty()
                        ? ""
                        : "; try " + String.join(", or ", answer.remedies());
        if (answer.device() == null) {
            String first = statement.substring(0, 1).toUpperCase(Locale.ROOT);
            out.paragraph(first + statement.substring(1) + remedies);
        } else if (answer.yes()) {
            out.styled(Style.GOOD, "YES").paragraph(": " + statement);
        } else {
            out.styled(Style.BAD, "NO").paragraph(", because " + statement + remedies);
        }
    }

    private void gop(GopDriver found) {
        Gop gop = found.gop();
        String platforms = String.join(", ", ImageAnswer.platforms(gop.deviceIds()));
        String size = ByteSize.of(found.bytes().size());
        head(
                "GOP",
                gop.version()
                        + ", "
                        + gop.arch()
                        + ", "
                        + size
                        + (platforms.isEmpty() ? "" : ", for " + platforms));
        if (layout.all()) {
            details(found);
        } else if (gop.lpc() instanceof LpcRead.Site site) {
            edited(site);
        }
    }

    private void details(GopDriver found) {
        Gop gop = found.gop();
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
        for (Evidence evidence : gop.reasons()) {
            detail("recognised by: " + evidence);
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
        edited(site);
        if (site.edited().isEmpty()) {
            detail("reads the LPC bridge's id by " + location(site));
        }
        out.line(INDENT + "works with " + accepted(site));
    }

    private void edited(LpcRead.Site site) {
        if (site.edited().isPresent()) {
            out.text(INDENT)
                    .styled(Style.HEADING, "edited")
                    .line(
                            " at "
                                    + location(site)
                                    + ": assumes the LPC bridge "
                                    + site.edited().get());
        }
    }

    private static String location(LpcRead.Site site) {
        return site.way().label() + " at +0x" + Long.toHexString(site.offset());
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
        if (layout.all()) {
            origin(found.origin());
            identity(found);
        }
    }

    private void vgaBios(VgaBios found) {
        List<PciId> ids = found.image().ids();
        String first = ids.isEmpty() ? "" : ", for " + ids.getFirst();
        String more = ids.size() < 2 ? "" : " and " + (ids.size() - 1) + " more";
        head("VGA BIOS", ByteSize.of(found.bytes().size()) + first + more);
        if (layout.all()) {
            origin(found.origin());
            ids("for", ids);
            identity(found);
        }
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

    private void ids(String before, List<PciId> ids) {
        out.line(
                INDENT
                        + before
                        + " "
                        + String.join(" ", ids.stream().map(PciId::toString).toList()));
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
            // When nothing was found, any problem may be the reason.
            if (layout.all() || (contents.isEmpty() && shown < MAX_DIAGNOSTICS)) {
                shown++;
                diagnostic(diagnostic);
            }
        }
        long rest = total - shown;
        if (rest > 0) {
            String more = (shown == 0 ? " " : " more ") + (rest == 1 ? "problem" : "problems");
            String how = layout.all() ? "" : " (" + wording.showAll() + " shows them)";
            out.line("  " + rest + more + " found" + how);
        }
    }

    private void diagnostic(Diagnostic diagnostic) {
        boolean broken = diagnostic.isBroken();
        out.text("  ")
                .styled(broken ? Style.BAD : Style.WARNING, broken ? "broken" : "odd")
                .line((broken ? "   " : "      ") + diagnostic);
    }
}
