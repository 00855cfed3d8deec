package igdrom.cli;

import java.io.IOException;

/// Standard output or standard error could not be written.
final class OutputException extends IOException {
    private static final long serialVersionUID = 1L;

    OutputException(IOException cause) {
        super(cause.getMessage(), cause);
    }

    /// Whether the reader just went away, as `head` does: nothing to complain about.
    boolean readerLeft() {
        return "Broken pipe".equals(getMessage());
    }
}
