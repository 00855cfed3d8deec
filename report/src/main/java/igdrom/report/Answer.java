package igdrom.report;

/// How a command ended.
public enum Answer {
    /// Done and good.
    YES,
    /// Done, and the answer is no: nothing found or recognised, or a check failed.
    NO,
    /// The input is malformed.
    MALFORMED,
    /// The machine could not give an answer: it lacks something, or was too busy.
    UNDECIDED
}
