package igdrom.json;

/// The value null.
public enum JsonNull implements JsonValue {
    NULL
}
