package igdrom.formats.vbt;

/// A VBT cannot be changed as requested. The message says why.
public final class VbtEditException extends Exception {
    private static final long serialVersionUID = 1;

    public VbtEditException(String message) {
        super(message);
    }
}
