package igdrom.json;

/// True or false.
public record JsonBoolean(boolean value) implements JsonValue {}
