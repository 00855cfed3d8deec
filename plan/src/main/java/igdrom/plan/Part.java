package igdrom.plan;

/// A part and where it is from.
///
/// @param <T> what kind of part
/// @param from in words or as a path
public record Part<T>(T value, String from) {}
