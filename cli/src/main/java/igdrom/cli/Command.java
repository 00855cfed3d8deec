package igdrom.cli;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// One subcommand: its options, and what it does with them.
interface Command {
    CommandSpec spec();

    ExitCode run(ParseResult options, Console console) throws IOException;
}
