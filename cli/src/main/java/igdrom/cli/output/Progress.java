package igdrom.cli.output;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Shows on standard error how far a command has come, when standard error is a terminal and the
/// command takes more than a second.
public final class Progress implements AutoCloseable {
    private static final long DELAY_MILLIS = 1000;
    private static final long PERIOD_MILLIS = 200;
    private static final int BAR_COLUMNS = 30;
    private static final String CLEAR = "\r\033[K";

    private final Output err;
    private String label;
    private final int total;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition over = lock.newCondition();
    private int done;
    private boolean shown;
    private boolean closed;

    private Progress(Output err, String label, int total) {
        this.err = err;
        this.label = label;
        this.total = total;
    }

    /// Reading one file, which takes an unknown time.
    public static Progress reading(Console console, String name) {
        return start(console, "reading " + name, 0);
    }

    /// Another task that takes an unknown time.
    public static Progress running(Console console, String label) {
        return start(console, label, 0);
    }

    /// Reading several files.
    public static Progress of(Console console, int files) {
        return start(console, "reading", files);
    }

    private static Progress start(Console console, String label, int total) {
        Progress progress = new Progress(console.err(), label, total);
        if (console.terminal().stderr()) {
            Thread thread = new Thread(progress::show, "igdrom-progress");
            thread.setDaemon(true);
            thread.start();
        }
        return progress;
    }

    /// Says what the task is doing now.
    public void label(String text) {
        lock.lock();
        try {
            label = text;
        } finally {
            lock.unlock();
        }
    }

    /// Reports how many files are done.
    public void done(int files) {
        lock.lock();
        try {
            done = files;
        } finally {
            lock.unlock();
        }
    }

    /// Removes the bar so that results can be printed; it is drawn again later.
    public void pause() throws OutputException {
        lock.lock();
        try {
            if (shown) {
                err.raw(CLEAR).flush();
                shown = false;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws OutputException {
        lock.lock();
        try {
            closed = true;
            over.signalAll();
        } finally {
            lock.unlock();
        }
        pause();
    }

    private void show() {
        lock.lock();
        try {
            long started = System.nanoTime();
            long wait = DELAY_MILLIS;
            while (!closed) {
                if (over.awaitNanos(wait * 1_000_000) <= 0 && !closed) {
                    err.raw(CLEAR)
                            .text(line((System.nanoTime() - started) / 1_000_000_000))
                            .flush();
                    shown = true;
                    wait = PERIOD_MILLIS;
                }
            }
        } catch (InterruptedException | OutputException _) {
            // Progress is not worth failing for.
        } finally {
            lock.unlock();
        }
    }

    private String line(long seconds) {
        if (total == 0) {
            return label + ", " + seconds + " s";
        }
        int filled = (int) ((long) BAR_COLUMNS * done / total);
        String bar = "#".repeat(filled) + " ".repeat(BAR_COLUMNS - filled);
        return label + " [" + bar + "] " + done + " of " + total + " files, " + seconds + " s";
    }
}
