package igdrom.firmware.lpc;

/// Thrown when a GOP cannot be edited. The message completes "the GOP cannot be edited: …".
public final class LpcEditException extends Exception {
    private static final long serialVersionUID = 1;

    LpcEditException(String message) {
        super(message);
    }
}
