package igdrom.cli;

import igdrom.cli.failure.ExitCode;
import igdrom.cli.output.Console;
import igdrom.cli.output.Output;
import igdrom.cli.output.Terminal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// One command line and its result.
public record Session(ExitCode code, String out, String err) {
    public static Session of(String... arguments) {
        return of(new Terminal(false, false, 0, StandardCharsets.UTF_8, false), arguments);
    }

    public static Session of(Terminal terminal, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console =
                new Console(
                        new Output(out, terminal.charset(), terminal.colour() && terminal.stdout()),
                        new Output(err, terminal.charset(), terminal.colour() && terminal.stderr()),
                        terminal);
        ExitCode code = Main.run(List.of(arguments), console);
        return new Session(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /// A failure: nothing but one line on standard error.
    public static Session failed(ExitCode code, String line) {
        return new Session(code, "", "igdrom: " + line + "\n");
    }
}
