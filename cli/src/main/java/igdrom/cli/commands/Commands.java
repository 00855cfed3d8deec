package igdrom.cli.commands;

import igdrom.cli.failure.ExitCode;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.CommandParser;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.DeviceId;
import igdrom.cli.options.Invocation;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.cli.output.OutputException;
import igdrom.knowledge.Processor;
import igdrom.report.text.StyledText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All commands: from the arguments of the process to the command that they name.
public final class Commands {
    private static final CommandParser PARSER = new CommandParser(syntaxes());

    private Commands() {}

    /// Runs one command line.
    ///
    /// @throws igdrom.cli.failure.Failure when the arguments are invalid or the command fails
    public static ExitCode run(List<String> arguments, Console console) throws IOException {
        if (arguments.isEmpty()) {
            HelpCommand.printOverview(console.err(), console.terminal().columns());
            return ExitCode.USAGE;
        }
        return switch (parse(arguments)) {
            case Invocation.Overview() ->
                    HelpCommand.printOverview(console.out(), console.terminal().columns());
            case Invocation.Version() -> {
                console.out().line(Version.text() + " (Java " + Version.java() + ")");
                yield ExitCode.OK;
            }
            case Invocation.Help(String command) -> printHelp(command, console);
            case Invocation.Run(String command, Arguments given) -> {
                Console coloured = given.colours(console);
                noteProcessor(given, coloured);
                yield CommandName.of(command).command().run(given, coloured);
            }
        };
    }

    /// Says which id a named processor stands for, since the user may know better.
    private static void noteProcessor(Arguments given, Console console) throws OutputException {
        DeviceId device = given.get(Options.DEVICE).orElse(null);
        if (device == null || device.processor() == null) {
            return;
        }
        Processor processor = device.processor();
        int machines = processor.machines();
        console.note(
                processor.name()
                        + ": the GPU is "
                        + device.id()
                        + " (seen on "
                        + machines
                        + (machines == 1 ? " machine" : " machines")
                        + "; lspci -nn -s 02.0 shows yours)");
    }

    static Invocation parse(List<String> arguments) {
        return PARSER.parse(arguments);
    }

    /// Prints the help of a command.
    ///
    /// @throws igdrom.cli.failure.Failure when there is no such command
    static ExitCode printHelp(String command, Console console) throws IOException {
        StyledText help =
                PARSER.help(command, console.terminal().columns())
                        .orElseThrow(() -> PARSER.unknown(command));
        console.out().styled(help);
        return ExitCode.OK;
    }

    /// The version of igdrom, such as `0.1.0`.
    public static String version() {
        return Version.number();
    }

    /// What to say about igdrom as a whole.
    public static Overview overview() {
        return HelpCommand.OVERVIEW;
    }

    /// The options and operands of each command, in the order of the overview.
    public static Map<String, CommandSyntax> syntaxes() {
        Map<String, CommandSyntax> syntaxes = new LinkedHashMap<>();
        for (CommandName name : CommandName.values()) {
            syntaxes.put(name.words(), name.command().syntax());
        }
        return syntaxes;
    }
}
