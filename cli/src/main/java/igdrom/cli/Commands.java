package igdrom.cli;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.ParseResult;

/// From the arguments to the one subcommand they name. The others are not even loaded.
final class Commands {
    /// The version in the root pom; a test holds them together.
    static final String VERSION = "0.1.0-SNAPSHOT";

    private Commands() {}

    static ExitCode run(List<String> arguments, Console console) throws IOException {
        if (arguments.isEmpty()) {
            HelpCommand.overview(console.err());
            return ExitCode.USAGE;
        }
        return switch (arguments.getFirst()) {
            case "--version", "-V" -> version(console.out());
            case "--help", "-h" -> HelpCommand.overview(console.out());
            default -> named(arguments, console);
        };
    }

    private static ExitCode version(Output out) throws OutputException {
        String java = System.getProperty("java.version", "?");
        out.line("igdrom " + VERSION + " (Java " + java + ")");
        return ExitCode.OK;
    }

    private static ExitCode named(List<String> arguments, Console console) throws IOException {
        for (CommandName name : CommandName.values()) {
            int words = name.matches(arguments);
            if (words > 0) {
                return run(name, arguments.subList(words, arguments.size()), console);
            }
        }
        throw unknown(arguments.getFirst());
    }

    private static ExitCode run(CommandName name, List<String> arguments, Console console)
            throws IOException {
        Command command = name.command();
        command.prepare();
        Syntax syntax = command.syntax();
        ParseResult options = syntax.parse(arguments);
        Console coloured = Options.coloured(options, console);
        if (options.isUsageHelpRequested()) {
            syntax.printHelp(coloured);
            return ExitCode.OK;
        }
        return command.run(options, coloured);
    }

    /// What to say about a command that does not exist.
    static Failure unknown(String word) {
        String suggestion = Syntax.similarCommand(word);
        String known = suggestion.isEmpty() ? "" : ", did you mean '" + suggestion + "'?";
        String what = word.startsWith("-") ? "no option" : "no command";
        return new Failure(
                ExitCode.USAGE, what + " '" + word + "'" + known + " (see: igdrom help)");
    }
}
