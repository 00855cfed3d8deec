package igdrom.host;

/// A snapshot that is not one: the message names file, place in it, and the rule that it breaks.
public final class SnapshotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SnapshotException(String file, String place, String problem) {
        super(file + ": " + (place.isEmpty() ? "" : place + ": ") + problem, null, false, false);
    }
}
