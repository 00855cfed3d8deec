package igdrom.host;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// A value of a JSON document that knows where it stands, so that every complaint can say it.
///
/// @param path `igd.config`, empty for the whole document
/// @param content a map of objects' fields, a text, a number, or something that no snapshot has
record JsonValue(String file, String path, @Nullable Object content) {
    private static final int DEEPEST = 16;

    /// What no snapshot has: an array, true, false, null or a number with a fraction.
    private enum Other {
        VALUE
    }

    static JsonValue parse(String file, byte[] document) {
        JsonFactory factory =
                JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
        try (JsonParser in = factory.createParser(ObjectReadContext.empty(), document)) {
            in.nextToken();
            JsonValue value = new JsonValue(file, "", read(file, in, 0));
            if (in.nextToken() != null) {
                throw new SnapshotException(file, "", "something follows the end of the object");
            }
            return value;
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            String location =
                    at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new SnapshotException(
                    file, location, "not JSON: " + words(e.getOriginalMessage()));
        }
    }

    private static Object read(String file, JsonParser in, int depth) {
        JsonToken token = in.currentToken();
        if (depth > DEEPEST) {
            throw new SnapshotException(file, "", "nested more than " + DEEPEST + " levels deep");
        }
        if (token == JsonToken.START_OBJECT) {
            Map<String, Object> fields = new LinkedHashMap<>();
            while (in.nextToken() != JsonToken.END_OBJECT) {
                String name = in.currentName();
                in.nextToken();
                fields.put(name, read(file, in, depth + 1));
            }
            return fields;
        }
        if (token == JsonToken.START_ARRAY) {
            while (in.nextToken() != JsonToken.END_ARRAY) {
                Object _ = read(file, in, depth + 1);
            }
            return Other.VALUE;
        }
        if (token == JsonToken.VALUE_STRING) {
            return in.getString();
        }
        return token == JsonToken.VALUE_NUMBER_INT ? in.getLongValue() : Other.VALUE;
    }

    /// The first line, without the place that Jackson has in it, which is one in its own source.
    private static String words(String message) {
        int line = message.indexOf('\n');
        String first = line < 0 ? message : message.substring(0, line);
        int location = first.indexOf(" (start marker at [Source");
        return location < 0 ? first : first.substring(0, location);
    }

    /// The fields of an object, all of which have to be among `known`.
    Optional<JsonValue> field(String name) {
        Object found = fields().get(name);
        return found == null
                ? Optional.empty()
                : Optional.of(new JsonValue(file, pathOf(name), found));
    }

    JsonValue required(String name) {
        return field(name)
                .orElseThrow(() -> new SnapshotException(file, path, "has no \"" + name + "\""));
    }

    /// Refuses fields of other names: one that is misspelt must not go unnoticed.
    void only(String... known) {
        List<String> names = List.of(known);
        for (Object name : fields().keySet()) {
            if (!names.contains(name)) {
                throw new SnapshotException(
                        file, pathOf(String.valueOf(name)), "is no field of a snapshot");
            }
        }
    }

    String text() {
        if (content instanceof String text) {
            return text;
        }
        throw problem("is not a text");
    }

    long number() {
        if (content instanceof Long number) {
            return number;
        }
        throw problem("is not a whole number");
    }

    SnapshotException problem(String problem) {
        return new SnapshotException(file, path, problem);
    }

    private Map<?, ?> fields() {
        if (content instanceof Map<?, ?> fields) {
            return fields;
        }
        throw problem("is not an object");
    }

    /// Where a field of this object is, or would be.
    String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
