package igdrom.cli;

import igdrom.formats.pci.PciId;
import java.util.HexFormat;
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

    /// A device and which of its revisions.
    ///
    /// @param revision 0 when none was said
    record Revised(PciId id, int revision) {}

    /// The value of an option that takes the ids of a PCI device, and its revision when there is a
    /// second colon.
    static Optional<Revised> revised(ParseResult options, String name) {
        String text = options.matchedOptionValue(name, "");
        int second = text.indexOf(':', text.indexOf(':') + 1);
        if (second < 0) {
            Optional<PciId> id = id(options, name);
            return id.isEmpty() ? Optional.empty() : Optional.of(new Revised(id.get(), 0));
        }
        String digits = text.substring(second + 1);
        try {
            PciId id = PciId.of(text.substring(0, second));
            if (digits.length() == 2) {
                return Optional.of(new Revised(id, HexFormat.fromHexDigits(digits)));
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw new Failure(
                ExitCode.USAGE,
                name
                        + ": \""
                        + text
                        + "\" is not a PCI id like 8086:46d4 or, with its revision, 8086:46d4:0c"
                        + " (lspci -nn shows both)");
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
