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
import igdrom.report.html.Markup.Builder;
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
        page.add(file());
        addCards(
                page, report.gops(), "GOPs", found -> new GopMarkup(found, report.device()).card());
        addCards(page, contents.vbts(), "VBTs", ImageMarkup::vbt);
        addCards(page, contents.vgaBioses(), "VGA BIOSes", ImageMarkup::vgaBios);
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
        Builder box =
                answer.yes()
                        ? Cards.answer("good", "YES", answer.statement())
                        : Cards.answer("bad", "NO", "because " + answer.statement());
        if (!answer.remedies().isEmpty()) {
            box.add(Markup.element("p").text("What you can try:"))
                    .add(Cards.list("", answer.remedies()));
        }
        return box.build();
    }

    private Markup file() {
        Builder line =
                Markup.element("p", "file")
                        .add(Markup.element("b").text(report.file()))
                        .text(
                                " \u2013 "
                                        + report.contents().kind().label()
                                        + ", "
                                        + ByteSize.of(report.size()));
        if (report.sha256() != null) {
            line.add(Markup.element("br"))
                    .add(Markup.element("span", "code dim").text("SHA-256 " + report.sha256()));
        }
        return line.build();
    }

    private static <A extends Artifact> void addCards(
            List<Markup> page, List<A> artifacts, String name, Function<A, Builder> card) {
        if (artifacts.isEmpty()) {
            return;
        }
        boolean many = artifacts.size() > MAX_OPEN_CARDS + 1;
        int open = many ? MAX_OPEN_CARDS : artifacts.size();
        page.add(cards(artifacts.subList(0, open), card).build());
        if (many) {
            List<A> others = artifacts.subList(open, artifacts.size());
            page.add(
                    Cards.details(others.size() + " more " + name)
                            .add(cards(others, card))
                            .build());
        }
    }

    private static <A extends Artifact> Builder cards(
            List<A> artifacts, Function<A, Builder> card) {
        Builder cards = Markup.element("div", "cards");
        artifacts.forEach(artifact -> cards.add(card.apply(artifact)));
        return cards;
    }

    private static Builder vbt(VideoBiosTable found) {
        VbtContent content =
                VbtContent.read(found.vbt(), found.origin().location(), new Diagnostics());
        Builder card =
                VbtMarkup.card(
                        found.vbt().header().platform(),
                        found.vbt().bdb().version(),
                        found.bytes().size(),
                        content.outputs());
        return card.add(more(found).build());
    }

    private static Builder vgaBios(VgaBios found) {
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
    static Builder more(Artifact found) {
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
