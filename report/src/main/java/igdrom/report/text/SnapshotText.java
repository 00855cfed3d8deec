package igdrom.report.text;

import igdrom.formats.pci.PciId;
import igdrom.report.SnapshotReport;

/// The device of a snapshot, what is known and what is missing.
final class SnapshotText {
    private SnapshotText() {}

    static StyledText of(SnapshotReport report) {
        StyledText.Builder out = new StyledText.Builder();
        PciId device = report.snapshot().igd().id().value().orElse(null);
        if (device == null) {
            return StyledText.EMPTY;
        }
        String name = report.output() == null ? "the snapshot" : report.output();
        out.line(name + ": " + device + " at " + report.snapshot().igd().address());
        for (SnapshotReport.Line line : report.known()) {
            out.line("  " + line.subject() + ": " + line.text());
        }
        for (SnapshotReport.Missing missing : report.missing()) {
            out.line("  missing: " + missing.subject() + ": " + missing.reason());
        }
        out.line(
                "  removed: serial numbers, MAC addresses, UUIDs, labels, the host name (look"
                        + " through the rest before you publish it)");
        return out.build();
    }
}
