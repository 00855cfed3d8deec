package igdrom.cli.output;

import igdrom.report.text.Style;

/// The escape sequences of a terminal with colours.
///
/// Spec: ECMA-48, "SGR".
final class Ansi {
    /// Ends a style.
    static final String OFF = "\033[0m";

    private Ansi() {}

    /// Begins a style; empty for plain text.
    static String on(Style style) {
        return switch (style) {
            case PLAIN -> "";
            case HEADING -> "\033[1m";
            case DIM -> "\033[2m";
            case GOOD -> "\033[32m";
            case WARNING -> "\033[33m";
            case BAD -> "\033[31m";
        };
    }
}
