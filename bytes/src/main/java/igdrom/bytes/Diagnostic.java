package igdrom.bytes;

/// Something odd that does not stop the reading.
///
/// @param severity how much of it a reader should mind
/// @param location the container it was seen in
/// @param offset from the start of `place`
/// @param problem field, found value and rule: one sentence without place and without a full stop
public record Diagnostic(Severity severity, Location location, long offset, String problem) {
    /// How bad it is.
    public enum Severity {
        /// A checksum or a reserved bit: the content is as readable as ever.
        ODD,
        /// A part could not be read and is missing from the result.
        BROKEN
    }

    public static Diagnostic odd(Location location, long offset, String problem) {
        return new Diagnostic(Severity.ODD, location, offset, problem);
    }

    public static Diagnostic broken(Location location, long offset, String problem) {
        return new Diagnostic(Severity.BROKEN, location, offset, problem);
    }

    /// The line a user sees, in the form of [MalformedImageException]'s message.
    @Override
    public String toString() {
        return location + " +0x" + Long.toHexString(offset) + ": " + problem;
    }
}
