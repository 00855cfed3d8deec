package igdrom.cli.failure;

import igdrom.report.Answer;

/// How a run ended, for the shell. With several files, the highest code counts.
public enum ExitCode {
    /// Done, and the answer is good.
    OK(0, "Done, and the answer is good"),
    /// Done, and the answer is no: nothing found, nothing recognised, a check failed.
    NO(1, "Done, and the answer is no: nothing found, nothing recognised, or a check failed"),
    /// Wrong usage, an output that exists, a directory without `--recursive`.
    USAGE(2, "Wrong usage, an output that exists, or a directory instead of a file"),
    /// The input is malformed.
    MALFORMED(3, "The input is malformed"),
    /// The machine lacks something: a permission, disk space, memory, a JDK.
    MACHINE(
            4,
            "The machine lacks something: a permission, disk space, memory, QEMU, or enough time"),
    /// Stopped by Ctrl-C. The JVM itself exits with this code on SIGINT.
    INTERRUPTED(130, "Interrupted");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /// The code of a command with this answer.
    public static ExitCode of(Answer answer) {
        return switch (answer) {
            case YES -> OK;
            case NO -> NO;
            case MALFORMED -> MALFORMED;
            case UNDECIDED -> MACHINE;
        };
    }

    /// The exit status of the process.
    public int number() {
        return number;
    }

    /// What it says, for the manual.
    public String meaning() {
        return meaning;
    }

    /// The higher of the two.
    public ExitCode worse(ExitCode other) {
        return other.number > number ? other : this;
    }
}
