package igdrom.report.html;

import igdrom.report.RomCheckReport;
import igdrom.report.text.ByteSize;
import igdrom.rom.Check;
import java.util.List;
import java.util.Locale;

/// The checks of a ROM.
final class RomCheckMarkup {
    private RomCheckMarkup() {}

    static List<Markup> of(RomCheckReport report) {
        long failed =
                report.checks().checks().stream()
                        .filter(check -> check.verdict() == Check.Verdict.BAD)
                        .count();
        Markup.Builder answer =
                failed == 0
                        ? Cards.answer("good", "GOOD", "no check of this ROM failed")
                        : Cards.answer(
                                "bad",
                                "BAD",
                                failed == 1
                                        ? "a check of this ROM failed"
                                        : failed + " checks of this ROM failed");
        Markup.Builder rows = Markup.element("tbody");
        for (Check check : report.checks().checks()) {
            String word = check.verdict().name().toLowerCase(Locale.ROOT);
            rows.add(
                    Markup.element("tr")
                            .add(Markup.element("td", "mark " + word).text(word))
                            .add(
                                    Markup.element("th")
                                            .attribute("scope", "row")
                                            .text(check.subject()))
                            .add(Markup.element("td").text(check.message())));
        }
        Markup file = Cards.file(report.file(), ByteSize.of(report.size()), report.sha256());
        Markup table =
                Markup.element("table", "checks")
                        .attribute("aria-label", "Checks")
                        .add(rows)
                        .build();
        return List.of(answer.build(), file, table);
    }
}
