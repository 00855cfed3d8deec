package igdrom.cli.failure;

import igdrom.cli.output.Console;
import igdrom.cli.output.OutputException;
import org.jspecify.annotations.Nullable;

/// Ends a run with one line on standard error and an exit code.
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode code;
    private final String message;

    public Failure(ExitCode code, String message) {
        this(code, message, null);
    }

    public Failure(ExitCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }

    public ExitCode code() {
        return code;
    }

    /// Prints the one line that says what went wrong.
    ///
    /// @param trace whether to print where in igdrom it arose
    public void print(Console console, boolean trace) throws OutputException {
        console.complain(message);
        if (trace) {
            Throwable origin = getCause() == null ? this : getCause();
            for (StackTraceElement frame : origin.getStackTrace()) {
                console.err().line("    at " + frame);
            }
        }
    }
}
