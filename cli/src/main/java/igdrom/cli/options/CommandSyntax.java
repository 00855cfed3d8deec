package igdrom.cli.options;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/// The options and operands of one command, with the text of its help.
///
/// @param summary what the command does, one sentence
/// @param details more about it, or empty
/// @param operands null for a command without
/// @param options in the order of the help
/// @param exclusive options of which only one may be given
/// @param examples command lines that work
public record CommandSyntax(
        String summary,
        String details,
        @Nullable Operands operands,
        List<Option<?>> options,
        List<List<Option<?>>> exclusive,
        List<String> examples) {
    public CommandSyntax {
        options = List.copyOf(options);
        exclusive = List.copyOf(exclusive);
        examples = List.copyOf(examples);
    }

    /// A command with the options that every command has.
    public static CommandSyntax of(String summary) {
        return new CommandSyntax(
                summary,
                "",
                null,
                List.of(Options.COLOR, Options.TRACE, Options.HELP),
                List.of(),
                List.of());
    }

    public CommandSyntax details(String text) {
        return new CommandSyntax(summary, text, operands, options, exclusive, examples);
    }

    public CommandSyntax operands(Operands those) {
        return new CommandSyntax(summary, details, those, options, exclusive, examples);
    }

    /// Adds options before those that every command has.
    public CommandSyntax options(Option<?>... own) {
        List<Option<?>> all = new ArrayList<>(List.of(own));
        all.addAll(options);
        return new CommandSyntax(summary, details, operands, all, exclusive, examples);
    }

    /// Lets only one of these options be given.
    public CommandSyntax exclusive(Option<?>... own) {
        List<List<Option<?>>> all = new ArrayList<>(exclusive);
        all.add(List.of(own));
        return new CommandSyntax(summary, details, operands, options, all, examples);
    }

    public CommandSyntax examples(String... lines) {
        return new CommandSyntax(summary, details, operands, options, exclusive, List.of(lines));
    }

    /// The same for picocli, which only parses: [CommandHelp] writes the help.
    CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        if (operands != null) {
            spec.addPositional(spec(operands));
        }
        List<Option<?>> grouped = new ArrayList<>();
        for (List<Option<?>> group : exclusive) {
            ArgGroupSpec.Builder builder = ArgGroupSpec.builder().exclusive(true);
            for (Option<?> option : group) {
                builder.addArg(spec(option));
            }
            spec.addArgGroup(builder.build());
            grouped.addAll(group);
        }
        for (Option<?> option : options) {
            if (!grouped.contains(option)) {
                spec.addOption(spec(option));
            }
        }
        return spec;
    }

    /// The form of the command line. Required options are spelled out, the others are not.
    ///
    /// @param command the name of the command, one word or two
    String synopsis(String command) {
        StringBuilder synopsis = new StringBuilder("igdrom ").append(command).append(" [OPTIONS]");
        for (Option<?> option : options) {
            if (option.required()) {
                synopsis.append(' ').append(option.names().getFirst());
                synopsis.append(' ').append(option.label());
            }
        }
        return operands == null ? synopsis.toString() : synopsis + " " + operands.synopsis();
    }

    private static OptionSpec spec(Option<?> option) {
        OptionSpec.Builder spec =
                OptionSpec.builder(option.names().toArray(new String[0]))
                        .usageHelp(option.equals(Options.HELP))
                        .required(option.required());
        if (!option.label().isEmpty()) {
            if (option.type().isRepeatable()) {
                spec.type(List.class).auxiliaryTypes(Object.class);
            } else {
                spec.type(Object.class);
            }
            spec.paramLabel(option.label()).converters(converter(option.type()));
        }
        return spec.build();
    }

    private static ITypeConverter<Object> converter(ValueType<?> type) {
        return text -> {
            try {
                return type.read(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
    }

    private static PositionalParamSpec spec(Operands operands) {
        return PositionalParamSpec.builder()
                .arity(operands.arity())
                .required(!operands.arity().startsWith("0"))
                .type(String[].class)
                .paramLabel(operands.synopsis())
                .hideParamSyntax(true)
                .build();
    }
}
