package igdrom.cli.output;

import igdrom.report.text.Style;
import igdrom.report.text.StyledText;
import java.io.FileDescriptor;

/// Where a command writes: results to `out`, everything else to `err`.
public record Console(Output out, Output err, Terminal terminal) {
    /// The streams of this process.
    public static Console ofProcess() {
        Terminal terminal = Terminal.detect();
        boolean colour = terminal.colour();
        return new Console(
                Output.of(FileDescriptor.out, terminal.charset(), colour && terminal.stdout()),
                Output.of(FileDescriptor.err, terminal.charset(), colour && terminal.stderr()),
                terminal);
    }

    /// The same streams with colours as the user wants them.
    public Console coloured(ColorMode mode) {
        return switch (mode) {
            case AUTO -> this;
            case ALWAYS -> coloured(true);
            case NEVER -> coloured(false);
        };
    }

    /// Prints the one line that says what went wrong, folded on a terminal.
    public void complain(String problem) throws OutputException {
        printError(new StyledText.Builder().styled(Style.BAD, "igdrom:").line(" " + problem));
    }

    /// Prints what the user should know although nothing went wrong.
    public void note(String fact) throws OutputException {
        printError(new StyledText.Builder().line("note: " + fact));
    }

    private void printError(StyledText.Builder text) throws OutputException {
        err.styled(text.build().folded(terminal.stderr() ? terminal.columns() : 0));
    }

    private Console coloured(boolean colour) {
        return new Console(out.coloured(colour), err.coloured(colour), terminal);
    }
}
