package igdrom.bytes;

/// The input cannot be read. The message is one line: location, offset, field, found value and the
/// rule that the value breaks.
public final class MalformedImageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Location location;
    private final long offset;
    private final String problem;

    /// @param offset of the field, from the start of `location`
    /// @param problem field, found value and rule, without location
    public MalformedImageException(Location location, long offset, String problem) {
        // No stack trace: scanners throw and catch thousands of these.
        super(location + " +0x" + Long.toHexString(offset) + ": " + problem, null, false, false);
        this.location = location;
        this.offset = offset;
        this.problem = problem;
    }

    /// @param offset of the field, from the start of `location`
    /// @param pattern of [String#format] for field, found value and rule, without location
    public MalformedImageException(
            Location location, long offset, String pattern, Object... values) {
        this(location, offset, String.format(pattern, values));
    }

    public Location location() {
        return location;
    }

    public long offset() {
        return offset;
    }

    public String problem() {
        return problem;
    }

    /// The same problem as a diagnostic, for a reader that continues without the broken part.
    public Diagnostic diagnostic() {
        return Diagnostic.broken(location, offset, problem);
    }
}
