package igdrom.formats.compress;

/// Ends the decoding of a corrupt stream; never leaves this package.
final class CorruptStreamException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String problem;

    /// @param pattern field, found value and rule, without location: a pattern of [String#format]
    CorruptStreamException(String pattern, Object... values) {
        this(String.format(pattern, values));
    }

    private CorruptStreamException(String problem) {
        super(problem, null, false, false);
        this.problem = problem;
    }

    String problem() {
        return problem;
    }
}
