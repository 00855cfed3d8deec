package igdrom.bench;

import igdrom.formats.pci.PciId;
import igdrom.knowledge.Platform;
import igdrom.knowledge.Tsv;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/// A usual LPC bridge for each platform: the table `lpc.tsv`.
final class LpcBridges {
    private static final String NAME = "lpc.tsv";

    private LpcBridges() {}

    static Tsv table() {
        try (InputStream in = LpcBridges.class.getResourceAsStream(NAME)) {
            if (in == null) {
                throw new IllegalStateException(NAME + " is missing");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return Tsv.parse(NAME, text, "platform", "id", "name", "source", "checked");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Optional<PciId> of(Platform platform) {
        for (Tsv.Row row : table().rows()) {
            if (row.text(0).equals(platform.name())) {
                return Optional.of(PciId.intel(HexFormat.fromHexDigits(row.text(1))));
            }
        }
        return Optional.empty();
    }
}
