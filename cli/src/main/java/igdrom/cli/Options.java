package igdrom.cli;

import igdrom.formats.pci.PciId;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/// The values of options and parameters that several commands have.
final class Options {
    private Options() {}

    /// The value of [Syntax#device()].
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
        return Inputs.of(
                options.matchedPositionalValue(0, new String[0]),
                options.hasMatchedOption("--recursive"));
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
}
