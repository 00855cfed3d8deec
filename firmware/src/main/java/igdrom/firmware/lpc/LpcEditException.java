package igdrom.firmware.lpc;

/// A GOP cannot be edited. The message says why, as the end of "the GOP cannot be edited: …".
public final class LpcEditException extends Exception {
    private static final long serialVersionUID = 1;

    LpcEditException(String message) {
        super(message);
    }
}
