package igdrom.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A value with its location in a document, which every error names.
///
/// @param document the name of the file, for messages
/// @param path `igd.config` or `files[2].size`, empty for the whole document
public record LocatedValue(String document, String path, JsonValue value) {
    /// The whole document.
    public static LocatedValue root(String document, JsonValue value) {
        return new LocatedValue(document, "", value);
    }

    /// The member of that name, if this object has one.
    ///
    /// @throws MalformedJsonException when this is not an object
    public Optional<LocatedValue> member(String name) {
        JsonValue member = members().get(name);
        return member == null
                ? Optional.empty()
                : Optional.of(new LocatedValue(document, pathOf(name), member));
    }

    /// The member of that name.
    ///
    /// @throws MalformedJsonException when this is not an object, or has no such member
    public LocatedValue required(String name) {
        return member(name).orElseThrow(() -> malformed("has no \"" + name + "\""));
    }

    /// Checks that this object has no members of other names, so that a misspelled one does not go
    /// unnoticed.
    ///
    /// @throws MalformedJsonException when this is not an object, or has other members
    public void checkNames(String... known) {
        List<String> names = List.of(known);
        for (String name : members().keySet()) {
            if (!names.contains(name)) {
                throw new MalformedJsonException(document, pathOf(name), "unknown field");
            }
        }
    }

    /// The elements of this array.
    ///
    /// @throws MalformedJsonException when this is not an array
    public List<LocatedValue> elements() {
        if (!(value instanceof JsonArray(List<JsonValue> values))) {
            throw malformed("is not an array");
        }
        List<LocatedValue> elements = new ArrayList<>();
        for (JsonValue element : values) {
            elements.add(new LocatedValue(document, path + "[" + elements.size() + "]", element));
        }
        return elements;
    }

    /// The text of this string.
    ///
    /// @throws MalformedJsonException when this is not a string
    public String string() {
        if (value instanceof JsonString(String text)) {
            return text;
        }
        throw malformed("is not a string");
    }

    /// This number.
    ///
    /// @throws MalformedJsonException when this is not a number
    public long number() {
        if (value instanceof JsonNumber(long number)) {
            return number;
        }
        throw malformed("is not a whole number");
    }

    /// This boolean.
    ///
    /// @throws MalformedJsonException when this is not a boolean
    public boolean booleanValue() {
        if (value instanceof JsonBoolean(boolean value)) {
            return value;
        }
        throw malformed("is not true or false");
    }

    /// The path of a member of this object, whether it has one or not.
    public String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /// An exception that names this location.
    public MalformedJsonException malformed(String problem) {
        return new MalformedJsonException(document, path, problem);
    }

    private Map<String, JsonValue> members() {
        if (value instanceof JsonObject(Map<String, JsonValue> members)) {
            return members;
        }
        throw malformed("is not an object");
    }
}
