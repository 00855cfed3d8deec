package igdrom.cli.failure;

/// How a run ended, for the shell. With several files, the highest code counts.
public enum ExitCode {
    /// Done, and the answer is good.
    OK(0),
    /// Done, and the answer is no: nothing found, nothing recognised, a check failed.
    NO(1),
    /// Wrong usage, an output that exists, a directory without `--recursive`.
    USAGE(2),
    /// The input is malformed.
    MALFORMED(3),
    /// The machine lacks something: a permission, disk space, memory, a JDK.
    MACHINE(4),
    /// Stopped by Ctrl-C. The JVM itself exits with this code on SIGINT.
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /// The exit status of the process.
    public int number() {
        return number;
    }

    /// The higher of the two.
    public ExitCode worse(ExitCode other) {
        return other.number > number ? other : this;
    }
}
