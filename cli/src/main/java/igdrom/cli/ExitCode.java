package igdrom.cli;

/// How a run ended, for the shell. Of several files the highest counts.
enum ExitCode {
    /// Done, and the answer is good.
    OK(0),
    /// Done, and the answer is no: nothing found, nothing recognised, a check failed.
    NO(1),
    /// Wrong usage, an output that exists, a folder without `--recursive`.
    USAGE(2),
    /// The input is malformed.
    MALFORMED(3),
    /// The machine lacks something: a permission, disk space, memory, a JDK.
    MACHINE(4),
    /// Stopped by Ctrl-C. The JVM ends with this one by itself when SIGINT comes.
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    ExitCode worse(ExitCode other) {
        return other.number > number ? other : this;
    }
}
