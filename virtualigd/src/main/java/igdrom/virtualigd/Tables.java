package igdrom.virtualigd;

import igdrom.knowledge.Tsv;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The tables beside these classes.
final class Tables {
    private Tables() {}

    static Tsv load(String name, String... columns) {
        try (InputStream in = Tables.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return Tsv.parse(name, text, columns);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
