package igdrom.cli.options;

import igdrom.cli.output.Console;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/// What the user gave to one command, as typed values.
public final class Arguments {
    private final CommandSyntax syntax;
    private final ParseResult parsed;

    Arguments(CommandSyntax syntax, ParseResult parsed) {
        this.syntax = syntax;
        this.parsed = parsed;
    }

    /// Whether the option was given.
    public boolean has(Option<?> option) {
        return parsed.hasMatchedOption(option.name());
    }

    /// The value of an option, empty when it was not given.
    public <T> Optional<T> get(Option<T> option) {
        return Optional.ofNullable(parsed.<T>matchedOptionValue(option.name(), null));
    }

    /// The words of all occurrences of a repeatable option; empty when it was not given.
    public List<String> words(Option<List<String>> option) {
        // picocli makes one list of the lists of all occurrences.
        return get(option).map(List::copyOf).orElse(List.of());
    }

    /// The value of an option that the command requires.
    public <T> T require(Option<T> option) {
        return get(option).orElseThrow(() -> new NoSuchElementException(option.name()));
    }

    /// The arguments that are not options, as the user wrote them.
    public List<String> operands() {
        return List.of(parsed.matchedPositionalValue(0, new String[0]));
    }

    /// The operands that name files to read; none when they are something else.
    public List<String> operandFiles() {
        return syntax.operands() != null && syntax.operands().files() ? operands() : List.of();
    }

    /// The files to read that options name.
    public List<Path> inputFiles() {
        List<Path> files = new ArrayList<>();
        for (Option<?> option : syntax.options()) {
            if (option.type().isInput() && get(option).orElse(null) instanceof Path file) {
                files.add(file);
            }
        }
        return files;
    }

    /// The console with colours as the user wants them.
    public Console colours(Console console) {
        return get(Options.COLOR).map(console::coloured).orElse(console);
    }
}
