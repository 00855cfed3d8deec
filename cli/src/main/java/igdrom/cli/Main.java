package igdrom.cli;

import java.io.IOException;
import java.util.List;

/// The way in.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Console console = Console.ofProcess();
        ExitCode code = run(List.of(arguments), console);
        // Not System.exit: that starts the JDK's logging, to log that it was called.
        Runtime.getRuntime().halt(code.number());
    }

    /// Runs one command line and reports its failure, if any, in one line.
    static ExitCode run(List<String> arguments, Console console) {
        ExitCode code;
        try {
            code = Commands.run(arguments, console);
            console.out().flush();
            console.err().flush();
            return code;
        } catch (OutputException e) {
            if (e.readerLeft()) {
                return ExitCode.OK;
            }
            return failed(arguments, console, ExitCode.MACHINE, "output: " + e.getMessage(), e);
        } catch (Failure e) {
            return failed(arguments, console, e.code(), e.getMessage(), e);
        } catch (IOException e) {
            return failed(arguments, console, ExitCode.MACHINE, Reasons.withFile(e, "error"), e);
        } catch (OutOfMemoryError e) {
            return failed(arguments, console, ExitCode.MACHINE, outOfMemory(), e);
        } catch (RuntimeException | Error e) {
            String problem = "this is a mistake in igdrom, please report it: " + e;
            return failed(arguments, console, ExitCode.MACHINE, problem, e);
        }
    }

    private static ExitCode failed(
            List<String> arguments,
            Console console,
            ExitCode code,
            String problem,
            Throwable cause) {
        try {
            if (!(cause instanceof OutputException)) {
                if (wantsJson(arguments) && !console.out().used()) {
                    writeJson(console.out(), code, problem);
                }
                console.out().flush();
            }
            complain(console, problem);
            if (arguments.contains("--trace")) {
                for (StackTraceElement frame : cause.getStackTrace()) {
                    console.err().line("    at " + frame);
                }
            }
            console.err().flush();
        } catch (OutputException _) {
            // Nobody is left to tell.
        }
        return code;
    }

    /// By the words alone: what is wrong may be the options.
    private static boolean wantsJson(List<String> arguments) {
        for (String argument : arguments) {
            if (argument.equals("--")) {
                return false;
            }
            if (argument.equals("--json")) {
                return true;
            }
        }
        return false;
    }

    /// With `--json` there is an object on standard output whatever happens.
    private static void writeJson(Output out, ExitCode code, String problem)
            throws OutputException {
        try (Json json = Json.document(out)) {
            json.text("error", problem).number("exitCode", code.number());
        }
    }

    /// The one line that says what went wrong.
    static void complain(Console console, String problem) throws OutputException {
        console.err().styled(Style.BAD, "igdrom:").line(" " + problem);
    }

    static String outOfMemory() {
        long most = Runtime.getRuntime().maxMemory() >> 20;
        return "out of memory at " + most + " MiB (IGDROM_JAVA_OPTIONS=-Xmx2g allows 2 GiB)";
    }
}
