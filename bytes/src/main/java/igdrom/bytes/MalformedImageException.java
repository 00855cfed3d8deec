package igdrom.bytes;

/// Bytes that nothing can be built on. The message is one line: place, offset inside it, field,
/// what was found, and the rule it breaks.
public final class MalformedImageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Location location;
    private final long offset;
    private final String problem;

    /// @param offset of the field, from the start of `location`
    /// @param problem field, found value and rule, without location
    public MalformedImageException(Location location, long offset, String problem) {
        // No stack trace: scanners throw and catch these by the thousand.
        super(location + " +0x" + Long.toHexString(offset) + ": " + problem, null, false, false);
        this.location = location;
        this.offset = offset;
        this.problem = problem;
    }

    /// @param offset of the field, from the start of `location`
    /// @param pattern field, found value and rule, without location: a pattern of [String#format]
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

    /// The same as a finding, for a reader that goes on without the broken part.
    public Diagnostic diagnostic() {
        return Diagnostic.broken(location, offset, problem);
    }
}
