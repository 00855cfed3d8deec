package igdrom.cli.output;

/// When text is coloured.
public enum ColorMode {
    /// On terminals that have colours.
    AUTO,
    ALWAYS,
    NEVER
}
