package igdrom.cli.failure;

import igdrom.cli.output.OutputException;
import igdrom.fetch.UntrustedException;
import igdrom.report.InputFailure;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/// The one ladder from an exception to the line and the exit code that the user sees.
public final class FailureLadder {
    private FailureLadder() {}

    /// The failure that an exception amounts to.
    ///
    /// @param subject what was being done, such as the name of the file being read; stands before
    ///   reasons that name no file themselves
    public static Failure of(Throwable e, String subject) {
        Optional<InputFailure> ofInput = InputFailure.of(e, subject);
        if (ofInput.isPresent()) {
            InputFailure found = ofInput.get();
            return failure(ExitCode.of(found.answer()), found.message(), e);
        }
        return switch (e) {
            case Failure failure -> failure;
            case UntrustedException _ ->
                    failure(ExitCode.MALFORMED, subject + ": " + e.getMessage(), e);
            case OutputException _ -> failure(ExitCode.MACHINE, "output: " + e.getMessage(), e);
            case InvalidPathException _ ->
                    failure(ExitCode.MACHINE, subject + ": " + IoReason.UNENCODABLE_NAME, e);
            case IOException io -> failure(ExitCode.MACHINE, IoReason.withFile(io, subject), e);
            case InterruptedException _ -> failure(ExitCode.INTERRUPTED, "interrupted", e);
            case ExecutionException _ when e.getCause() != null -> of(e.getCause(), subject);
            case OutOfMemoryError _ -> failure(ExitCode.MACHINE, subject + ": " + outOfMemory(), e);
            // Without such a cause, the initializer of a class has failed.
            case NoClassDefFoundError _ when e.getCause() instanceof ClassNotFoundException ->
                    failure(
                            ExitCode.MACHINE,
                            subject
                                    + ": "
                                    + e.getMessage()
                                    + " is missing: remove cli/target/igdrom.jar and run ./igdrom,"
                                    + " which builds it and its libraries again",
                            e);
            default -> failure(ExitCode.MACHINE, "internal error, please report it: " + e, e);
        };
    }

    private static Failure failure(ExitCode code, String message, Throwable cause) {
        return new Failure(code, message, cause);
    }

    private static String outOfMemory() {
        long limit = Runtime.getRuntime().maxMemory() >> 20;
        return "out of memory at " + limit + " MiB (IGDROM_JAVA_OPTIONS=-Xmx2g allows 2 GiB)";
    }
}
