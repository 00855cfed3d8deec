package igdrom.host.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// The names that lspci has for classes of PCI functions: the table `classes.tsv`.
final class PciClasses {
    private static final String TABLE = "classes.tsv";
    private static final int COLUMNS = 3;
    private static final Map<String, Integer> CLASSES = load();

    private PciClasses() {}

    /// The class and subclass of a name such as `ISA bridge`: 0601.
    static Optional<Integer> named(String name) {
        return Optional.ofNullable(CLASSES.get(name));
    }

    private static Map<String, Integer> load() {
        Map<String, Integer> classes = new HashMap<>();
        for (String line : text().split("\n", -1)) {
            String[] cells = line.split("\t", -1);
            if (cells.length != COLUMNS || cells[0].equals("name")) {
                continue;
            }
            classes.put(cells[0], HexFormat.fromHexDigits(cells[1]));
        }
        return Map.copyOf(classes);
    }

    private static String text() {
        try (InputStream in = PciClasses.class.getResourceAsStream(TABLE)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + TABLE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
