package igdrom.json;

/// A whole number.
public record JsonNumber(long value) implements JsonValue {}
