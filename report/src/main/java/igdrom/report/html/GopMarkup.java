package igdrom.report.html;

import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.gop.Gop;
import igdrom.firmware.gop.Support;
import igdrom.firmware.lpc.LpcRead;
import igdrom.firmware.lpc.PchRange;
import igdrom.formats.pci.PciId;
import igdrom.knowledge.Knowledge;
import igdrom.report.ImageAnswer;
import igdrom.report.html.Cards.Facts;
import igdrom.report.text.ByteSize;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The card of a GOP.
///
/// @param device that a GOP is wanted for, null for none
record GopMarkup(GopDriver found, @Nullable PciId device) {
    Markup.Builder card() {
        Gop gop = found.gop();
        Markup.Builder card = Cards.card("gop", "GOP " + gop.version());
        String platforms = String.join(", ", ImageAnswer.platforms(gop.deviceIds()));
        card.add(
                Markup.element("p")
                        .text(
                                platforms.isEmpty()
                                        ? "For devices that igdrom does not know."
                                        : "For " + platforms + "."));
        if (device != null) {
            Support support = gop.support(device);
            card.add(
                    Markup.element("p", support.supported() ? "good" : "bad")
                            .text(
                                    (support.supported() ? "Works for " : "Not for ")
                                            + device
                                            + ": "
                                            + support.reason()
                                            + "."));
        }
        Facts facts = new Facts();
        facts.add("Program", gop.arch() + ", " + ByteSize.of(found.bytes().size()));
        facts.add("PCH", lpc(gop.lpc()));
        Knowledge.gopBySha256(gop.sha256())
                .ifPresent(known -> facts.add("Public", "the same driver is in " + known.source()));
        card.add(facts.build());
        card.add(
                gop.deviceIds().isEmpty()
                        ? Markup.element("p").text("Its table of device ids was not found.")
                        : DeviceMarkup.list(gop.deviceIds()));
        return card.add(ImageMarkup.more(found));
    }

    private static String lpc(LpcRead read) {
        return switch (read) {
            case LpcRead.None _ -> "any: it does not read the LPC bridge's id";
            case LpcRead.Unclear(String reason) -> reason;
            case LpcRead.Site site ->
                    site.edited()
                            .map(bridge -> "edited: assumes the LPC bridge " + bridge)
                            .orElseGet(() -> accepted(site));
        };
    }

    private static String accepted(LpcRead.Site site) {
        if (site.accepted().isEmpty()) {
            return "ids that its code does not show";
        }
        List<PchRange> ranges = site.accepted().get();
        return ranges.isEmpty()
                ? "any id"
                : "LPC bridges 8086: "
                        + String.join(" ", ranges.stream().map(PchRange::toString).toList());
    }
}
