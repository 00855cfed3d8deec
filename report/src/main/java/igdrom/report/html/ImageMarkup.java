package igdrom.report.html;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Location;
import igdrom.firmware.Artifact;
import igdrom.firmware.Artifact.Origin;
import igdrom.firmware.Artifact.VgaBios;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.firmware.Contents;
import igdrom.formats.pci.PciId;
import igdrom.formats.vbt.VbtContent;
import igdrom.report.ImageAnswer;
import igdrom.report.ImageReport;
import igdrom.report.Wording;
import igdrom.report.html.Cards.Facts;
import igdrom.report.text.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What an image holds: the answer, a card for each artifact, the map, the problems and the tree.
final class ImageMarkup {
    /// Some images hold a VBT for each variant of the board.
    private static final int MAX_OPEN_CARDS = 3;

    private final ImageReport report;
    private final Wording wording;

    ImageMarkup(ImageReport report, Wording wording) {
        this.report = report;
        this.wording = wording;
    }

    List<Markup> render() {
        Contents contents = report.contents();
        List<Markup> page = new ArrayList<>();
        ImageAnswer.of(report, wording).ifPresent(answer -> page.add(answer(answer)));
        page.add(
                Cards.file(
                        report.file(),
                        contents.kind().label() + ", " + ByteSize.of(report.size()),
                        report.sha256()));
        Markup.Builder cards = Markup.element("div", "cards");
        List<Markup> folded = new ArrayList<>();
        addCards(
                cards,
                folded,
                report.gops(),
                "GOPs",
                found -> new GopMarkup(found, report.device()).card());
        addCards(cards, folded, contents.vbts(), "VBTs", ImageMarkup::vbt);
        addCards(cards, folded, contents.vgaBioses(), "VGA BIOSes", ImageMarkup::vgaBios);
        if (!contents.isEmpty()) {
            page.add(cards.build());
        }
        page.addAll(folded);
        if (!contents.tree().children().isEmpty()) {
            page.addAll(new FlashMap(report).render());
        }
        page.addAll(Cards.problems(contents.diagnostics(), contents.moreDiagnostics()));
        if (!contents.tree().children().isEmpty()) {
            page.add(new TreeMarkup().render(contents.tree()));
        }
        return page;
    }

    private static Markup answer(ImageAnswer answer) {
        Markup.Builder box =
                answer.yes()
                        ? Cards.answer("good", "YES", answer.statement())
                        : Cards.answer("bad", "NO", "because " + answer.statement());
        if (!answer.remedies().isEmpty()) {
            box.add(Markup.element("p").text("What you can try:"))
                    .add(Cards.list("", answer.remedies()));
        }
        return box.build();
    }

    /// Adds the cards of all artifacts of a kind, or of the first of many and the others folded.
    private static <A extends Artifact> void addCards(
            Markup.Builder cards,
            List<Markup> folded,
            List<A> artifacts,
            String name,
            Function<A, Markup.Builder> card) {
        boolean many = artifacts.size() > MAX_OPEN_CARDS + 1;
        int open = many ? MAX_OPEN_CARDS : artifacts.size();
        artifacts.subList(0, open).forEach(artifact -> cards.add(card.apply(artifact)));
        if (many) {
            Markup.Builder others = Markup.element("div", "cards");
            artifacts
                    .subList(open, artifacts.size())
                    .forEach(artifact -> others.add(card.apply(artifact)));
            folded.add(
                    Cards.details((artifacts.size() - open) + " more " + name).add(others).build());
        }
    }

    private static Markup.Builder vbt(VideoBiosTable found) {
        VbtContent content =
                VbtContent.read(found.vbt(), found.origin().location(), new Diagnostics());
        Markup.Builder card =
                VbtMarkup.card(
                        found.vbt().header().platform(),
                        found.vbt().bdb().version(),
                        found.bytes().size(),
                        content.outputs());
        return card.add(more(found).build());
    }

    private static Markup.Builder vgaBios(VgaBios found) {
        List<PciId> ids = found.image().ids();
        return Cards.card("vgabios", "VGA BIOS")
                .add(
                        Markup.element("p")
                                .text(
                                        "The legacy BIOS of the graphics, "
                                                + ByteSize.of(found.bytes().size())
                                                + ". Guests with SeaBIOS use it."))
                .add(DeviceMarkup.list(ids))
                .add(more(found).build());
    }

    /// Where an artifact is, and its hash.
    static Markup.Builder more(Artifact found) {
        Origin origin = found.origin();
        Facts facts = new Facts();
        facts.addCode("Location", origin.location().toString());
        for (Location copy : origin.copies()) {
            facts.addCode("Also at", copy.toString());
        }
        origin.fileName().ifPresent(name -> facts.add("File", name));
        facts.addCode("SHA-256", found.bytes().sha256());
        return Cards.details("Where it is").add(facts.build());
    }
}
