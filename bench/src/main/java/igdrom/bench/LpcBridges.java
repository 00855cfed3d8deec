package igdrom.bench;

import igdrom.formats.pci.PciId;
import igdrom.knowledge.Platform;
import igdrom.knowledge.TsvTable;
import java.util.HexFormat;
import java.util.Optional;

/// A typical LPC bridge for each platform, from `lpc.tsv`.
final class LpcBridges {
    private LpcBridges() {}

    static TsvTable table() {
        return TsvTable.load(
                LpcBridges.class, "lpc.tsv", "platform", "id", "name", "source", "checked");
    }

    static Optional<PciId> of(Platform platform) {
        for (TsvTable.Row row : table().rows()) {
            if (row.text(0).equals(platform.name())) {
                return Optional.of(PciId.intel(HexFormat.fromHexDigits(row.text(1))));
            }
        }
        return Optional.empty();
    }
}
