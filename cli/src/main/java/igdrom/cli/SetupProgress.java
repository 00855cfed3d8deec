package igdrom.cli;

import igdrom.fetch.ProgressListener;

/// Shows on standard error how far a setup is: on a terminal in one line that changes, otherwise a
/// line for each step.
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

    /// Ctrl-C: the line that changes is not to stand before the shell's next prompt.
    private void interrupted(Console console) {
        over = true;
        try {
            if (terminal) {
                err.raw(CLEAR);
            }
            Main.complain(
                    console, "setup: interrupted; what was fetched is kept for the next time");
            err.flush();
        } catch (OutputException _) {
            // Nobody is left to tell.
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
            String of = total == 0 ? "" : " of " + Sizes.of(total);
            say("", step + ", " + Sizes.of(done) + of);
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
            // Nobody to show it to: not a reason to stop.
        }
    }
}
