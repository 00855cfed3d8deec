package igdrom.bytes;

/// Bytes that nothing can be built on. The message is one line: place, offset inside it, field,
/// what was found, and the rule it breaks.
public final class MalformedImageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Place place;
    private final long offset;
    private final String problem;

    /// @param offset of the field, from the start of `place`
    /// @param problem field, found value and rule, without place
    public MalformedImageException(Place place, long offset, String problem) {
        // No stack trace: scanners throw and catch these by the thousand.
        super(place + " +0x" + Long.toHexString(offset) + ": " + problem, null, false, false);
        this.place = place;
        this.offset = offset;
        this.problem = problem;
    }

    public Place place() {
        return place;
    }

    public long offset() {
        return offset;
    }

    public String problem() {
        return problem;
    }

    /// The same as a finding, for a reader that goes on without the broken part.
    public Finding finding() {
        return Finding.broken(place, offset, problem);
    }
}
