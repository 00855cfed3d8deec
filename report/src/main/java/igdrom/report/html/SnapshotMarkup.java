package igdrom.report.html;

import igdrom.formats.pci.PciId;
import igdrom.report.SnapshotReport;
import igdrom.report.html.Cards.Facts;
import igdrom.report.text.ByteSize;
import java.util.ArrayList;
import java.util.List;

/// What a snapshot records, and what is missing from it.
final class SnapshotMarkup {
    private SnapshotMarkup() {}

    static List<Markup> of(SnapshotReport report) {
        PciId device = report.snapshot().igd().id().value().orElse(null);
        List<Markup> page = new ArrayList<>();
        page.add(Markup.element("h2").text("The snapshot").build());
        page.add(
                Cards.file(
                        report.output() == null ? "Snapshot" : report.output(),
                        ByteSize.of(report.size()),
                        null));
        Facts facts = new Facts();
        facts.add(
                "IGD",
                device == null ? "unknown" : device + " at " + report.snapshot().igd().address());
        for (SnapshotReport.Line line : report.known()) {
            facts.add(line.subject(), line.text());
        }
        page.add(facts.build().build());
        List<String> missing = new ArrayList<>();
        for (SnapshotReport.Missing each : report.missing()) {
            missing.add(each.subject() + ": " + each.reason());
        }
        if (!missing.isEmpty()) {
            page.add(Cards.details("What it does not record").add(Cards.list("", missing)).build());
        }
        return page;
    }
}
