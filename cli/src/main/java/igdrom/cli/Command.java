package igdrom.cli;

import java.io.IOException;
import picocli.CommandLine.ParseResult;

/// One subcommand: its options, and what it does with them.
interface Command {
    Syntax syntax();

    /// Begins with what is to be done whatever the options are, on another processor, before they
    /// are read.
    default void prepare() {}

    ExitCode run(ParseResult options, Console console) throws IOException;
}
