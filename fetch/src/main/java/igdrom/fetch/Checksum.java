package igdrom.fetch;

/// The size and SHA-256 that a file must have.
///
/// @param size in bytes
/// @param sha256 as hexadecimal digits
public record Checksum(long size, String sha256) {}
