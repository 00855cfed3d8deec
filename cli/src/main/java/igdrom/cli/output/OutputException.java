package igdrom.cli.output;

import java.io.IOException;

/// Standard output or standard error could not be written.
public final class OutputException extends IOException {
    private static final long serialVersionUID = 1L;

    public OutputException(IOException cause) {
        super(cause.getMessage(), cause);
    }

    /// Whether the reader closed the pipe, as `head` does, which is not an error.
    public boolean readerLeft() {
        return "Broken pipe".equals(getMessage());
    }
}
