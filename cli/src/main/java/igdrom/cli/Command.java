package igdrom.cli;

import java.io.IOException;
import picocli.CommandLine.ParseResult;

/// One subcommand: its options, and what it does with them.
interface Command {
    Syntax syntax();

    ExitCode run(ParseResult options, Console console) throws IOException;
}
