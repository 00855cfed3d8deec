package igdrom.cli;

import igdrom.cli.commands.Commands;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.failure.FailureLadder;
import igdrom.cli.json.JacksonFormat;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.cli.output.Output;
import igdrom.cli.output.OutputException;
import igdrom.json.JsonFormat;
import igdrom.json.JsonObject;
import igdrom.report.json.ReportJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The entry point.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), Console.ofProcess()).number());
    }

    /// Runs one command line and reports its failure, if any, in one line. A reader that has left,
    /// as `head` does, does not change the answer.
    public static ExitCode run(List<String> arguments, Console console) {
        ExitCode answer = ExitCode.OK;
        try {
            answer = Commands.run(arguments, console);
            console.out().flush();
            console.err().flush();
            return answer;
        } catch (OutputException e) {
            return e.readerLeft() ? answer : report(arguments, console, e);
        } catch (IOException | RuntimeException | Error e) {
            return report(arguments, console, e);
        }
    }

    private static ExitCode report(List<String> arguments, Console console, Throwable e) {
        Failure failure = FailureLadder.of(e, "error");
        try {
            if (!(e instanceof OutputException)) {
                if (isGiven(Options.JSON.name(), arguments) && !console.out().used()) {
                    writeJson(console.out(), failure);
                }
                console.out().flush();
            }
            failure.print(console, isGiven(Options.TRACE.name(), arguments));
            console.err().flush();
        } catch (OutputException _) {
            // No stream is left to report it on.
        }
        return failure.code();
    }

    /// Whether an argument is this option. The arguments may not be parsed, since they may be what
    /// is wrong.
    private static boolean isGiven(String option, List<String> arguments) {
        int end = arguments.indexOf("--");
        return arguments.subList(0, end < 0 ? arguments.size() : end).contains(option);
    }

    /// With `--json`, standard output gets an object even when the command fails.
    private static void writeJson(Output out, Failure failure) throws OutputException {
        JsonObject object = ReportJson.failure(failure.getMessage(), failure.code().number());
        String text =
                new JacksonFormat().print(ReportJson.document(object), JsonFormat.Layout.COMPACT);
        out.bytes((text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
