package igdrom.host;

/// A snapshot that is not one: the message names file, place in it, and the rule that it breaks.
public final class SnapshotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SnapshotException(String file, String location, String problem) {
        super(
                file + ": " + (location.isEmpty() ? "" : location + ": ") + problem,
                null,
                false,
                false);
    }
}
