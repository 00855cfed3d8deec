package igdrom.cli;

import org.jspecify.annotations.Nullable;

/// A run that ends with one line on stderr and an exit code.
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode code;
    private final String message;

    Failure(ExitCode code, String message) {
        this(code, message, null);
    }

    Failure(ExitCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }

    ExitCode code() {
        return code;
    }
}
