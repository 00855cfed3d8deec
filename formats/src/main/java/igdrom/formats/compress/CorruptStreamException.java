package igdrom.formats.compress;

/// Ends the decoding of a stream at a fault; never leaves this package.
final class CorruptStreamException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String problem;

    /// @param problem what was found, and the rule it breaks
    CorruptStreamException(String problem) {
        super(problem, null, false, false);
        this.problem = problem;
    }

    String problem() {
        return problem;
    }
}
