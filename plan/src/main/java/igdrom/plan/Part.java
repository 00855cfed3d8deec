package igdrom.plan;

/// A part of a ROM and where it is from.
///
/// @param <T> what kind of part
/// @param from a path, or a path and the file inside it
public record Part<T>(T value, String from) {}
