package igdrom.json;

import org.jspecify.annotations.Nullable;

/// A JSON value.
public sealed interface JsonValue
        permits JsonArray, JsonBoolean, JsonNull, JsonNumber, JsonObject, JsonString {
    /// A string, or JSON's null when there is none.
    static JsonValue of(@Nullable String text) {
        return text == null ? JsonNull.NULL : new JsonString(text);
    }

    static JsonValue of(long number) {
        return new JsonNumber(number);
    }

    static JsonValue of(boolean value) {
        return new JsonBoolean(value);
    }
}
