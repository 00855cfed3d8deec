package igdrom.cli.commands;

import igdrom.cli.output.Console;
import igdrom.cli.output.Output;
import igdrom.cli.output.OutputException;
import igdrom.fetch.ProgressListener;
import igdrom.report.text.ByteSize;

/// Shows on standard error how far the setup has come: on a terminal in one line that changes,
/// otherwise in a line for each step.
final class SetupProgress implements ProgressListener, AutoCloseable {
    private static final long PERIOD_NANOS = 100_000_000;
    private static final String CLEAR = "\r\033[K";

    private final Output err;
    private final boolean terminal;
    private final Thread hook;
    private String step = "";
    private long shown;
    private volatile boolean over;

    SetupProgress(Console console) {
        this.err = console.err();
        this.terminal = console.terminal().stderr();
        this.hook = new Thread(() -> interrupted(console), "igdrom-setup-end");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// On Ctrl-C, removes the line so that the shell's prompt does not follow it.
    private void interrupted(Console console) {
        over = true;
        try {
            if (terminal) {
                err.raw(CLEAR);
            }
            console.complain("setup: interrupted; what was fetched so far is kept");
            err.flush();
        } catch (OutputException _) {
            // No stream is left to report it on.
        }
    }

    @Override
    public void step(String what) {
        step = what;
        say(terminal ? "" : what + "\n", what);
    }

    @Override
    public void bytes(long done, long total) {
        long now = System.nanoTime();
        if (terminal && now - shown > PERIOD_NANOS) {
            shown = now;
            String of = total == 0 ? "" : " of " + ByteSize.of(total);
            say("", step + ", " + ByteSize.of(done) + of);
        }
    }

    @Override
    public void note(String text) {
        say(text + "\n", step);
    }

    @Override
    public void close() throws OutputException {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            return;
        }
        if (terminal) {
            err.raw(CLEAR).flush();
        }
    }

    private void say(String line, String state) {
        if (over) {
            return;
        }
        try {
            if (terminal) {
                err.raw(CLEAR);
            }
            if (!line.isEmpty()) {
                err.line(line.substring(0, line.length() - 1));
            }
            if (terminal) {
                err.text(state);
            }
            err.flush();
        } catch (OutputException _) {
            // Progress is not worth failing for.
        }
    }
}
