package igdrom.cli;

import igdrom.bench.setup.Listener;

/// Shows on standard error how far a setup is: on a terminal in one line that changes, otherwise a
/// line for each step.
final class SetupProgress implements Listener, AutoCloseable {
    private static final long PERIOD_NANOS = 100_000_000;
    private static final String CLEAR = "\r\033[K";

    private final Output err;
    private final boolean terminal;
    private String step = "";
    private long shown;

    SetupProgress(Console console) {
        this.err = console.err();
        this.terminal = console.terminal().stderr();
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
        if (terminal) {
            err.raw(CLEAR).flush();
        }
    }

    private void say(String line, String state) {
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
