package igdrom.cli.commands;

import igdrom.cli.failure.ExitCode;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.output.Console;
import java.io.IOException;

/// One command: what it takes and what it does.
interface Command {
    CommandSyntax syntax();

    ExitCode run(Arguments arguments, Console console) throws IOException;
}
