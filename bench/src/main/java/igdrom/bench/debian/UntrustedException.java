package igdrom.bench.debian;

/// What came is not what Debian signed, or is too old to be taken.
public final class UntrustedException extends ArchiveException {
    private static final long serialVersionUID = 1L;

    public UntrustedException(String what, String problem) {
        super(what, problem);
    }
}
