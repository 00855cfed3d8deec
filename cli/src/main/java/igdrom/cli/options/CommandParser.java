package igdrom.cli.options;

import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.report.text.StyledText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Parses command lines and prints the help, by the syntax of every command.
public final class CommandParser {
    private static final String PROGRAM = "igdrom";
    private static final int MAX_HELP_COLUMNS = 100;
    private static final int DEFAULT_COLUMNS = 80;

    private final SequencedMap<String, CommandSyntax> commands;
    private final CommandLine root;
    private final UsageErrors errors;

    /// @param commands by name; a name of two words, such as `vbt show`, makes a group of commands
    public CommandParser(Map<String, CommandSyntax> commands) {
        this.commands = new LinkedHashMap<>(commands);
        this.errors = new UsageErrors(this.commands.sequencedKeySet());
        CommandSpec program = CommandSpec.create().name(PROGRAM);
        program.addOption(helpOption());
        program.addOption(
                OptionSpec.builder(Options.VERSION.names().toArray(new String[0]))
                        .versionHelp(true)
                        .build());
        commands.forEach((name, syntax) -> add(program, name, syntax));
        // The name of a file may begin with @.
        this.root = new CommandLine(program).setExpandAtFiles(false);
    }

    private static OptionSpec helpOption() {
        return OptionSpec.builder(Options.HELP.names().toArray(new String[0]))
                .usageHelp(true)
                .build();
    }

    private static void add(CommandSpec program, String name, CommandSyntax syntax) {
        int space = name.indexOf(' ');
        if (space < 0) {
            program.addSubcommand(name, syntax.spec());
            return;
        }
        String groupName = name.substring(0, space);
        CommandLine group = program.subcommands().get(groupName);
        if (group == null) {
            group = new CommandLine(CommandSpec.create().addOption(helpOption()));
            program.addSubcommand(groupName, group);
        }
        group.getCommandSpec().addSubcommand(name.substring(space + 1), syntax.spec());
    }

    /// What the arguments ask for.
    ///
    /// @throws Failure when they are invalid
    public Invocation parse(List<String> arguments) {
        ParseResult result;
        try {
            result = root.parseArgs(arguments.toArray(new String[0]));
        } catch (MissingParameterException e) {
            // A misspelled option is also a missing one.
            throw misspelled(e, arguments).orElseGet(() -> failure(e));
        } catch (ParameterException e) {
            throw failure(e);
        }
        if (result.isVersionHelpRequested()) {
            return new Invocation.Version();
        }
        while (result.hasSubcommand()) {
            result = result.subcommand();
        }
        String command = name(result.commandSpec());
        if (command.isEmpty()) {
            return new Invocation.Overview();
        }
        if (result.isUsageHelpRequested()) {
            return new Invocation.Help(command);
        }
        CommandSyntax syntax = commands.get(command);
        if (syntax == null) {
            throw usage("'" + command + "' needs a command", command);
        }
        checkOperands(result, command, syntax.operands());
        return new Invocation.Run(command, new Arguments(syntax, result));
    }

    private static void checkOperands(
            ParseResult result, String command, @Nullable Operands operands) {
        int count = 0;
        for (String operand : result.matchedPositionalValue(0, new String[0])) {
            // Usually a variable in a script that was not set.
            if (operand.isEmpty()) {
                throw usage("an argument is empty", command);
            }
            count++;
            if (operands != null && count > operands.max()) {
                throw usage(UsageErrors.unexpected(operand), command);
            }
        }
    }

    /// The help of a command or of a group of commands, empty when there is no such command.
    ///
    /// @param columns of the terminal, 0 when that is unknown
    public Optional<StyledText> help(String command, int columns) {
        CommandSyntax syntax = commands.get(command);
        StyledText help;
        if (syntax != null) {
            help = CommandHelp.of(command, syntax);
        } else {
            SequencedMap<String, CommandSyntax> members = members(command);
            if (members.isEmpty()) {
                return Optional.empty();
            }
            help = CommandHelp.of(command, members);
        }
        int width = columns == 0 ? DEFAULT_COLUMNS : Math.min(columns, MAX_HELP_COLUMNS);
        return Optional.of(help.folded(width));
    }

    /// The commands of a group by their second word.
    private SequencedMap<String, CommandSyntax> members(String group) {
        SequencedMap<String, CommandSyntax> members = new LinkedHashMap<>();
        commands.forEach((name, syntax) -> {
            if (name.startsWith(group + " ")) {
                members.put(name.substring(group.length() + 1), syntax);
            }
        });
        return members;
    }

    /// What to say about a command that does not exist.
    public Failure unknown(String command) {
        int space = command.indexOf(' ');
        String group = space < 0 ? "" : command.substring(0, space);
        return members(group).isEmpty()
                ? usage(errors.unknownCommand(command), "")
                : usage(errors.unknownMember(command, group), group);
    }

    /// What to say about the first option that the command does not have.
    private Optional<Failure> misspelled(ParameterException e, List<String> arguments) {
        String command = name(e.getCommandLine().getCommandSpec());
        CommandSyntax syntax = commands.get(command);
        if (syntax == null) {
            return Optional.empty();
        }
        for (String word : arguments) {
            if (word.equals("--")) {
                break;
            }
            String option = word.split("=", 2)[0];
            if (word.startsWith("--")
                    && syntax.options().stream().noneMatch(own -> own.names().contains(option))) {
                return Optional.of(usage(errors.unknownOption(word, syntax.options()), command));
            }
        }
        return Optional.empty();
    }

    private Failure failure(ParameterException e) {
        if (e.getCause() instanceof Failure failure) {
            return failure;
        }
        String command = name(e.getCommandLine().getCommandSpec());
        if (e instanceof UnmatchedArgumentException unmatched && !commands.containsKey(command)) {
            String word = unmatched.getUnmatched().getFirst();
            if (!unmatched.isUnknownOption()) {
                return unknown((command + " " + word).strip());
            }
            return usage(
                    errors.unknownOption(word, List.of(Options.HELP, Options.VERSION)), command);
        }
        CommandSyntax syntax = commands.get(command);
        return usage(
                syntax == null ? UsageErrors.words(e) : errors.of(e, command, syntax), command);
    }

    private static Failure usage(String problem, String command) {
        String help = (PROGRAM + " help " + command).strip();
        return new Failure(ExitCode.USAGE, problem + " (see: " + help + ")");
    }

    /// The name of a command without that of the program.
    private static String name(CommandSpec spec) {
        return spec.qualifiedName().substring(PROGRAM.length()).strip();
    }
}
