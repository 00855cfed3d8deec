package igdrom.json;

/// A string.
public record JsonString(String text) implements JsonValue {}
