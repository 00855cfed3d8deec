package igdrom.report;

/// A file that does not hold the part that it was given for.
public final class MissingPartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingPartException(String message) {
        super(message, null, false, false);
    }
}
