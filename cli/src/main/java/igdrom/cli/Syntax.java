package igdrom.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// What a command takes, for picocli to read arguments by and to explain.
///
/// A command line names few of a command's options, and to declare one takes picocli as long as to
/// read it. So it gets the ones that are named, and all of them for the help or when that does not
/// go well.
final class Syntax {
    private static final int HELP_COLUMNS = 100;

    static {
        // All values are text here. Converters for other types, and a search for Groovy, would take
        // picocli longer than everything else it does.
        System.setProperty("picocli.converters.excludes", ".*");
        System.setProperty("picocli.disable.closures", "true");
    }

    private final CommandName name;
    private final List<Option> options = new ArrayList<>();
    private @Nullable Words words;
    private String explanation = "";
    private String synopsis = "";
    private String[] examples = {};

    private Syntax(CommandName name) {
        this.name = name;
    }

    /// A command that takes nothing yet but what every command does.
    static Syntax of(CommandName name) {
        return new Syntax(name);
    }

    /// More of what the command does, in a line of its own.
    Syntax explanation(String text) {
        explanation = text;
        return this;
    }

    /// How the command is called, where an option must be there.
    Syntax synopsis(String text) {
        synopsis = text;
        return this;
    }

    /// What stands behind the options.
    ///
    /// @param arity how many there may be, such as `1..*`
    Syntax words(String label, String arity, String description) {
        words = new Words(label, arity, description);
        return this;
    }

    Syntax flag(String description, String... names) {
        return option(Option.Kind.FLAG, "", description, names);
    }

    Syntax value(String label, String description, String... names) {
        return option(Option.Kind.VALUE, label, description, names);
    }

    Syntax requiredValue(String label, String description, String... names) {
        return option(Option.Kind.REQUIRED_VALUE, label, description, names);
    }

    /// A flag that the help keeps to itself.
    Syntax hidden(String option) {
        return flag("", option);
    }

    Syntax json() {
        return flag("One JSON object instead of text.", "--json");
    }

    Syntax recursive() {
        return flag("Read all files in folders, and in those in them.", "-r", "--recursive");
    }

    Syntax device() {
        return value(
                "VENDOR:DEVICE",
                "Ask for a GOP that drives this device (lspci -nn shows its id).",
                "-d",
                "--device");
    }

    Syntax examples(String... lines) {
        examples = lines;
        return this;
    }

    private Syntax option(Option.Kind kind, String label, String description, String... names) {
        options.add(new Option(kind, label, description, List.of(names)));
        return this;
    }

    /// Adds the options that every command has, which stand last.
    private List<Option> all() {
        List<Option> all = new ArrayList<>(options);
        all.add(
                new Option(
                        Option.Kind.VALUE,
                        "WHEN",
                        "Colours: auto, always or never.",
                        List.of("--color")));
        all.add(
                new Option(
                        Option.Kind.FLAG,
                        "",
                        "With an error, show where in igdrom it arose.",
                        List.of("--trace")));
        all.add(new Option(Option.Kind.HELP, "", "Show this text.", List.of("-h", "--help")));
        return all;
    }

    /// Reads the arguments of the command.
    ///
    /// @throws Failure when they are not what it takes
    ParseResult parse(List<String> arguments) {
        ParseResult result;
        try {
            result = parse(arguments, named(arguments));
        } catch (ParameterException _) {
            // With all options it is known what was meant.
            result = parseOrExplain(arguments);
        }
        refuseEmpty(result);
        return result;
    }

    /// What is empty means nothing: a variable in a script, mostly, that was not set.
    private void refuseEmpty(ParseResult result) {
        for (OptionSpec option : result.matchedOptions()) {
            if ("".equals(option.getValue())) {
                throw wrong("option '" + option.longestName() + "' is empty", null);
            }
        }
        for (String word : result.matchedPositionalValue(0, new String[0])) {
            if (word.isEmpty()) {
                throw wrong("a parameter is empty", null);
            }
        }
    }

    private Failure wrong(String problem, @Nullable Throwable cause) {
        String help = " (see: igdrom help " + name.words() + ")";
        return new Failure(ExitCode.USAGE, problem + help, cause);
    }

    private ParseResult parseOrExplain(List<String> arguments) {
        try {
            return parse(arguments, all());
        } catch (ParameterException e) {
            String message = String.valueOf(e.getMessage());
            String text = Character.toLowerCase(message.charAt(0)) + message.substring(1);
            String suggestion = suggestion(e);
            if (!suggestion.isEmpty()) {
                text += ", did you mean '" + suggestion + "'?";
            }
            throw wrong(text, e);
        }
    }

    private ParseResult parse(List<String> arguments, List<Option> declared) {
        // A file's name may begin with @.
        return new CommandLine(spec(declared))
                .setExpandAtFiles(false)
                .parseArgs(arguments.toArray(new String[0]));
    }

    private List<Option> named(List<String> arguments) {
        List<Option> named = new ArrayList<>();
        for (Option option : all()) {
            if (option.kind() == Option.Kind.REQUIRED_VALUE || option.mayBeIn(arguments)) {
                named.add(option);
            }
        }
        return named;
    }

    private CommandSpec spec(List<Option> declared) {
        CommandSpec spec = CommandSpec.create().name("igdrom " + name.words());
        spec.interpolateVariables(false);
        if (words != null) {
            spec.addPositional(words.spec());
        }
        for (Option option : declared) {
            spec.addOption(spec(option));
        }
        return spec;
    }

    private static OptionSpec spec(Option option) {
        OptionSpec.Builder spec =
                OptionSpec.builder(option.names().toArray(new String[0]))
                        .description(option.description())
                        .hidden(option.description().isEmpty());
        return switch (option.kind()) {
            case FLAG -> spec.build();
            case HELP -> spec.usageHelp(true).build();
            case VALUE, REQUIRED_VALUE ->
                    spec.type(String.class)
                            .paramLabel(option.label())
                            .required(option.kind() == Option.Kind.REQUIRED_VALUE)
                            .build();
        };
    }

    void printHelp(Console console) throws OutputException {
        CommandSpec spec = spec(all());
        UsageMessageSpec usage = spec.usageMessage();
        usage.sortOptions(false)
                .sortSynopsis(false)
                .abbreviateSynopsis(true)
                .synopsisHeading("Usage: ")
                .descriptionHeading("%n")
                .parameterListHeading("%n")
                .optionListHeading("%nOptions:%n");
        String summary = name.summary() + ".";
        if (explanation.isEmpty()) {
            usage.description(summary);
        } else {
            usage.description(summary, explanation);
        }
        if (!synopsis.isEmpty()) {
            usage.customSynopsis(synopsis);
        }
        if (examples.length > 0) {
            String[] indented = new String[examples.length];
            for (int i = 0; i < examples.length; i++) {
                indented[i] = "  " + examples[i];
            }
            usage.footerHeading("%nExamples:%n").footer(indented);
        }
        int columns = console.terminal().columns();
        usage.width(columns == 0 ? 80 : Math.min(columns, HELP_COLUMNS));
        Ansi ansi = console.out().colour() ? Ansi.ON : Ansi.OFF;
        console.out().raw(new CommandLine(spec).getUsageMessage(ansi));
    }

    /// The command that `word` may have been meant to be, or nothing.
    static String similarCommand(String word) {
        CommandSpec all = CommandSpec.create();
        for (CommandName name : CommandName.values()) {
            all.addSubcommand(name.words(), CommandSpec.create());
        }
        try {
            new CommandLine(all).parseArgs(word);
            return "";
        } catch (ParameterException e) {
            return suggestion(e);
        }
    }

    private static String suggestion(ParameterException e) {
        return e instanceof UnmatchedArgumentException unmatched
                        && !unmatched.getSuggestions().isEmpty()
                ? unmatched.getSuggestions().getFirst()
                : "";
    }

    private record Words(String label, String arity, String description) {
        PositionalParamSpec spec() {
            return PositionalParamSpec.builder()
                    .arity(arity)
                    .required(!arity.startsWith("0"))
                    .type(String[].class)
                    .paramLabel(label)
                    .description(description)
                    .build();
        }
    }
}
