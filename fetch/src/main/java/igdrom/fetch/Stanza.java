package igdrom.fetch;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A paragraph of `Field: value` lines, the syntax of Debian's control files.
///
/// Spec: Debian Policy, "Syntax of control files"; deb822(5).
///
/// @param fields by lower-case name; the lines of a multiline value are joined by LF
record Stanza(Map<String, String> fields) {
    Stanza {
        fields = Map.copyOf(fields);
    }

    /// The value of a field; empty when there is no such field.
    String get(String field) {
        return fields.getOrDefault(field.toLowerCase(Locale.ROOT), "");
    }

    /// All paragraphs of a text.
    static List<Stanza> readAll(BufferedReader in) throws IOException {
        List<Stanza> stanzas = new ArrayList<>();
        Stanza next = read(in, null);
        while (next != null) {
            stanzas.add(next);
            next = read(in, null);
        }
        return stanzas;
    }

    /// The next paragraph, or null at the end.
    ///
    /// @param wanted lower-case names of the fields to keep, or null for all
    static @Nullable Stanza read(BufferedReader in, @Nullable Set<String> wanted)
            throws IOException {
        Map<String, String> fields = new HashMap<>();
        StringBuilder value = new StringBuilder();
        String name = "";
        boolean any = false;
        while (true) {
            String line = in.readLine();
            boolean end = line == null || line.isBlank();
            if (line != null && !end && (line.charAt(0) == ' ' || line.charAt(0) == '\t')) {
                if (!name.isEmpty()) {
                    value.append('\n').append(line.strip());
                }
                continue;
            }
            if (line != null && line.startsWith("#")) {
                continue;
            }
            if (!name.isEmpty()) {
                fields.put(name, value.toString());
                name = "";
            }
            if (line == null || end) {
                if (any || line == null) {
                    return any ? new Stanza(fields) : null;
                }
                continue;
            }
            any = true;
            int colon = line.indexOf(':');
            if (colon > 0) {
                String field = line.substring(0, colon).toLowerCase(Locale.ROOT);
                if (wanted == null || wanted.contains(field)) {
                    name = field;
                    value.setLength(0);
                    value.append(line.substring(colon + 1).strip());
                }
            }
        }
    }
}
