package igdrom.cli;

import igdrom.formats.pci.PciId;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// What picocli is used for: options in, values and help texts out.
final class Options {
    private static final int HELP_COLUMNS = 100;

    static {
        // All values are text here. Converters for other types, and a search for Groovy, would take
        // picocli longer than everything else it does.
        System.setProperty("picocli.converters.excludes", ".*");
        System.setProperty("picocli.disable.closures", "true");
    }

    private Options() {}

    /// A command without its options, which [#common] completes.
    static CommandSpec command(CommandName name) {
        CommandSpec spec = CommandSpec.create().name("igdrom " + name.words());
        spec.interpolateVariables(false);
        spec.usageMessage()
                .description(name.summary() + ".")
                .sortOptions(false)
                .sortSynopsis(false)
                .abbreviateSynopsis(true)
                .synopsisHeading("Usage: ")
                .descriptionHeading("%n")
                .parameterListHeading("%n")
                .optionListHeading("%nOptions:%n");
        return spec;
    }

    /// Adds the options that every command has, which stand last.
    static CommandSpec common(CommandSpec spec) {
        return spec.addOption(value("WHEN", "Colours: auto, always or never.", "--color"))
                .addOption(flag("With an error, show where in igdrom it arose.", "--trace"))
                .addOption(
                        OptionSpec.builder("-h", "--help")
                                .usageHelp(true)
                                .description("Show this text.")
                                .build());
    }

    static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names).description(description).build();
    }

    static OptionSpec value(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    static OptionSpec required(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .type(String.class)
                .paramLabel(label)
                .required(true)
                .description(description)
                .build();
    }

    static OptionSpec json() {
        return flag("One JSON object instead of text.", "--json");
    }

    static OptionSpec recursive() {
        return flag("Read all files in folders, and in those in them.", "-r", "--recursive");
    }

    static OptionSpec device() {
        return value(
                "VENDOR:DEVICE",
                "Ask for a GOP that drives this device (lspci -nn shows its id).",
                "-d",
                "--device");
    }

    /// The value of [#device()].
    static Optional<PciId> device(ParseResult options) {
        return id(options, "--device");
    }

    /// The value of an option that takes the ids of a PCI device.
    static Optional<PciId> id(ParseResult options, String name) {
        String text = options.matchedOptionValue(name, "");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(PciId.of(text));
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, name + ": " + e.getMessage(), e);
        }
    }

    /// The files that the parameters name.
    static Inputs inputs(ParseResult options) {
        try {
            return Inputs.of(
                    options.matchedPositionalValue(0, new String[0]),
                    options.hasMatchedOption("--recursive"));
        } catch (InvalidPathException e) {
            throw new Failure(ExitCode.USAGE, "not a path: " + e.getMessage(), e);
        }
    }

    static PositionalParamSpec words(String label, String arity, String description) {
        return PositionalParamSpec.builder()
                .arity(arity)
                .required(!arity.startsWith("0"))
                .type(String[].class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    static void examples(CommandSpec spec, String... lines) {
        String[] indented = new String[lines.length];
        for (int i = 0; i < lines.length; i++) {
            indented[i] = "  " + lines[i];
        }
        spec.usageMessage().footerHeading("%nExamples:%n").footer(indented);
    }

    /// Reads the arguments of a command.
    ///
    /// @throws Failure when they are not what `spec` allows
    static ParseResult parse(CommandSpec spec, List<String> arguments) {
        try {
            return new CommandLine(spec).parseArgs(arguments.toArray(new String[0]));
        } catch (ParameterException e) {
            String message = String.valueOf(e.getMessage());
            String text = Character.toLowerCase(message.charAt(0)) + message.substring(1);
            String suggestion = suggestion(e);
            if (!suggestion.isEmpty()) {
                text += ", did you mean '" + suggestion + "'?";
            }
            String command = spec.name().substring("igdrom".length());
            throw new Failure(ExitCode.USAGE, text + " (see: igdrom help" + command + ")", e);
        }
    }

    static Console coloured(ParseResult options, Console console) {
        String when = options.matchedOptionValue("--color", "auto");
        return switch (when) {
            case "auto" -> console;
            case "always" -> console.coloured(true);
            case "never" -> console.coloured(false);
            default ->
                    throw new Failure(
                            ExitCode.USAGE, "--color is '" + when + "', not auto, always or never");
        };
    }

    static void printHelp(CommandSpec spec, Console console) throws OutputException {
        int columns = console.terminal().columns();
        spec.usageMessage().width(columns == 0 ? 80 : Math.min(columns, HELP_COLUMNS));
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
}
