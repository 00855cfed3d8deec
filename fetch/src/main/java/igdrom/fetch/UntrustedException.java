package igdrom.fetch;

/// The data received is not what Debian signed, or the signature has expired.
public final class UntrustedException extends ArchiveException {
    private static final long serialVersionUID = 1L;

    UntrustedException(String location, String problem) {
        super(location, problem);
    }
}
