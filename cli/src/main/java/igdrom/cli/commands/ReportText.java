package igdrom.cli.commands;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Location;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.cli.output.Output;
import igdrom.cli.output.OutputException;
import igdrom.cli.output.Style;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.Artifact.Origin;
import igdrom.firmware.Artifact.VgaBios;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.firmware.Artifact;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A [Report] for people: the answer first, then what it was found in.
final class ReportText {
    private static final String INDENT = "           ";
    private static final int FINDINGS = 5;

    private final Report report;
    private final Output out;
    private final int columns;
    private final boolean all;

    private ReportText(Report report, Console console, boolean all) {
        this.report = report;
        this.out = console.out();
        this.columns = console.terminal().columns();
        this.all = all;
    }

    static void print(Report report, Console console, boolean all) throws OutputException {
        new ReportText(report, console, all).print();
    }

    private void print() throws OutputException {
        Contents contents = report.contents();
        out.styled(Style.STRONG, report.file())
                .line(": " + contents.kind().label() + ", " + Sizes.of(report.size()));
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
            new TreePrinter(out, columns, all).print(contents.tree());
        }
    }

    private void gop(GopDriver found) throws OutputException {
        Gop gop = found.gop();
        head("GOP", gop.version() + ", " + gop.arch() + ", " + Sizes.of(found.bytes().size()));
        String platforms = String.join(", ", platforms(gop.deviceIds()));
        if (!platforms.isEmpty()) {
            wrapped("graphics of", platforms);
        }
        where(found.origin());
        ids("for", gop.deviceIds(), "no table of device ids was found in it");
        if (report.device().isPresent()) {
            PciId device = report.device().get();
            Support support = gop.support(device);
            out.text(INDENT)
                    .styled(support.yes() ? Style.GOOD : Style.BAD, support.yes() ? "yes" : "no")
                    .line(" for " + device + ": " + support.reason());
        }
        lpc(gop.lpc());
        identity(found);
        Optional<KnownGop> known = Knowledge.gopBySha256(gop.sha256());
        if (known.isPresent()) {
            detail("the same driver is public in " + known.get().source());
        }
        if (all) {
            for (Evidence evidence : gop.reasons()) {
                detail("is one by: " + evidence);
            }
        }
    }

    private void lpc(LpcRead read) throws OutputException {
        if (read instanceof LpcRead.None) {
            detail("does not look at the LPC bridge");
        } else if (read instanceof LpcRead.Unclear(String reason)) {
            detail("LPC bridge: " + reason);
        } else if (read instanceof LpcRead.Site site) {
            String location = site.way().label() + " at +0x" + Long.toHexString(site.offset());
            if (site.edited().isPresent()) {
                out.text(INDENT)
                        .styled(Style.STRONG, "edited")
                        .line(
                                " at "
                                        + location
                                        + ": takes the LPC bridge for "
                                        + site.edited().get());
            } else {
                detail("reads the LPC bridge's id by " + location);
            }
            wrapped("beside a PCH with", accepted(site));
        }
    }

    private static String accepted(LpcRead.Site site) {
        if (site.accepted().isEmpty()) {
            return "an id that could not be learned from its code";
        }
        List<PchRange> ranges = site.accepted().get();
        return ranges.isEmpty()
                ? "any id"
                : "8086: " + String.join(" ", ranges.stream().map(PchRange::toString).toList());
    }

    private void vbt(VideoBiosTable found) throws OutputException {
        String platform = found.vbt().header().platform();
        int version = found.vbt().bdb().version();
        String name = platform.isEmpty() ? "no platform" : platform;
        head("VBT", name + ", BDB " + version + ", " + Sizes.of(found.bytes().size()));
        where(found.origin());
        identity(found);
    }

    private void vgaBios(VgaBios found) throws OutputException {
        head("VGA BIOS", Sizes.of(found.bytes().size()));
        where(found.origin());
        ids("for", found.image().ids(), "");
        identity(found);
    }

    private void head(String what, String text) throws OutputException {
        out.text("  ").styled(Style.GOOD, what).line(" ".repeat(9 - what.length()) + text);
    }

    private void where(Origin origin) throws OutputException {
        out.text(INDENT).line("at " + origin.location());
        for (Location copy : origin.copies()) {
            out.text(INDENT).line("also at " + copy);
        }
        if (origin.fileName().isPresent()) {
            detail("in the file \"" + origin.fileName().get() + "\"");
        }
    }

    /// The platforms that devices belong to, in the order of the devices. GOPs list ids that belong
    /// to none in public.
    private static Set<String> platforms(List<PciId> devices) {
        Set<String> platforms = new LinkedHashSet<>();
        for (PciId device : devices) {
            Optional<Platform> platform = Knowledge.platformOf(device);
            if (platform.isPresent()) {
                platforms.add(platform.get().codename());
            }
        }
        return platforms;
    }

    private void ids(String before, List<PciId> ids, String none) throws OutputException {
        if (ids.isEmpty()) {
            detail(none);
            return;
        }
        StringBuilder words = new StringBuilder();
        for (PciId id : ids) {
            words.append(words.isEmpty() ? "" : " ").append(id);
        }
        wrapped(before, words.toString());
    }

    /// Words behind a first one, below each other where the line ends.
    private void wrapped(String before, String words) throws OutputException {
        int width = columns == 0 ? 100 : columns;
        StringBuilder line = new StringBuilder(INDENT).append(before);
        int at = 0;
        while (at < words.length()) {
            int space = words.indexOf(' ', at);
            int end = space < 0 ? words.length() : space;
            if (line.length() + 1 + end - at > width) {
                out.line(line);
                line.setLength(0);
                line.append(INDENT).append(" ".repeat(before.length()));
            }
            line.append(' ').append(words, at, end);
            at = end + 1;
        }
        out.line(line);
    }

    private void identity(Artifact found) throws OutputException {
        detail("sha256 " + found.bytes().sha256());
    }

    private void detail(String text) throws OutputException {
        out.text(INDENT).styled(Style.FAINT, text).newline();
    }

    private void absent(Contents contents) throws OutputException {
        StringBuilder none = new StringBuilder();
        none(none, contents.gops(), "GOP");
        none(none, contents.vbts(), "VBT");
        none(none, contents.vgaBioses(), "VGA BIOS");
        if (!none.isEmpty()) {
            out.line("  no " + none + " found");
        }
    }

    private static void none(StringBuilder text, List<? extends Artifact> artifacts, String what) {
        if (artifacts.isEmpty()) {
            text.append(text.isEmpty() ? "" : ", no ").append(what);
        }
    }

    private void diagnostics(Contents contents) throws OutputException {
        long total = contents.diagnostics().size() + contents.moreDiagnostics();
        if (total == 0) {
            return;
        }
        int shown = 0;
        for (Diagnostic diagnostic : contents.diagnostics()) {
            boolean broken = diagnostic.severity() == Diagnostic.Severity.BROKEN;
            // Where nothing was found, whatever is odd may be the reason.
            boolean telling = broken || contents.isEmpty();
            if (all || (telling && shown < FINDINGS)) {
                shown++;
                out.text("  ")
                        .styled(broken ? Style.BAD : Style.WARNING, broken ? "broken" : "odd")
                        .line((broken ? "   " : "      ") + diagnostic);
            }
        }
        if (shown < total) {
            String more = (shown == 0 ? "" : "more ") + (total == 1 ? "thing is" : "things are");
            String how = all ? "" : " (" + Options.ALL + " shows them)";
            out.line("  " + (total - shown) + " " + more + " odd or broken" + how);
        }
    }
}
