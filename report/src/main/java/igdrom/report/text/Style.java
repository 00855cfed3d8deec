package igdrom.report.text;

/// What a span of text means.
public enum Style {
    PLAIN,
    HEADING,
    /// Less important than what is around it.
    DIM,
    GOOD,
    WARNING,
    BAD
}
