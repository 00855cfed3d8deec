package igdrom.cli.output;

/// How text looks on a terminal with colours.
///
/// Spec: ECMA-48, "SGR".
public enum Style {
    STRONG("\033[1m"),
    FAINT("\033[2m"),
    GOOD("\033[32m"),
    WARNING("\033[33m"),
    BAD("\033[31m");

    public static final String OFF = "\033[0m";

    private final String on;

    Style(String on) {
        this.on = on;
    }

    /// The escape sequence that switches the style on.
    public String on() {
        return on;
    }
}
