package igdrom.bytes;

/// A problem in the input that did not stop the reader.
///
/// @param severity whether content was lost
/// @param location the container in which the problem was found
/// @param offset from the start of `location`
/// @param problem field, found value and rule: one sentence without location and full stop
public record Diagnostic(Severity severity, Location location, long offset, String problem) {
    /// Whether the problem cost content.
    public enum Severity {
        /// A rule is broken, such as a checksum or a reserved bit, but all content was read.
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

    /// Whether a part could not be read.
    public boolean isBroken() {
        return severity == Severity.BROKEN;
    }

    /// The line that users see, in the same form as the message of [MalformedImageException].
    @Override
    public String toString() {
        return location + " +0x" + Long.toHexString(offset) + ": " + problem;
    }
}
