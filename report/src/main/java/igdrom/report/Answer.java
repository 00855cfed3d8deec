package igdrom.report;

/// How a command ended.
public enum Answer {
    /// Done and good.
    YES(0),
    /// Done, and the answer is no: nothing found or recognised, or a check failed.
    NO(1),
    /// The input is malformed.
    MALFORMED(3),
    /// The machine could not give an answer: it lacks something, or was too busy.
    UNDECIDED(4);

    private final int exitCode;

    Answer(int exitCode) {
        this.exitCode = exitCode;
    }

    /// The exit status of the command, which JSON names in a failure.
    public int exitCode() {
        return exitCode;
    }
}
