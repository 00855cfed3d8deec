package igdrom.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The process, and the last of what it said on standard error.
final class QemuProcess implements AutoCloseable {
    private static final int MAX_LINES = 40;
    private static final int SIGNALLED = 128;

    /// QEMU says it of every file whose name is not the user's own choice; these are not.
    private static final String USUAL = "externally provided fw_cfg item names should be prefixed";

    private static final int MAX_LINE = 400;
    private static final int END_SECONDS = 10;
    private static final int LAST_WORDS_MILLIS = 2000;

    private final Process process;
    private final Lines lines;

    private QemuProcess(Process process) {
        this.process = process;
        this.lines = Lines.of(process.getErrorStream(), "igdrom-qemu-errors");
    }

    static QemuProcess start(Emulator emulator, List<String> arguments, Scratch scratch)
            throws IOException {
        ProcessBuilder builder = emulator.start(arguments).directory(scratch.folder().toFile());
        return scratch.own(new QemuProcess(builder.start()));
    }

    /// What comes out of the port that standard output is.
    InputStream output() {
        return process.getInputStream();
    }

    boolean alive() {
        return process.isAlive();
    }

    /// How it ended, in words.
    String ending() {
        // Its output may be closed a moment before it is gone, and its last words be on their way.
        try {
            if (process.waitFor(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS)) {
                lines.awaitEnd(LAST_WORDS_MILLIS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        String last = lines.last();
        return "QEMU " + how() + (last.isEmpty() ? "" : ": " + last);
    }

    private String how() {
        if (process.isAlive()) {
            return "closed its output";
        }
        int code = process.exitValue();
        return code > SIGNALLED
                ? "was ended by signal " + (code - SIGNALLED)
                : "ended with code " + code;
    }

    List<String> lines() {
        return lines.all();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        boolean interrupted = false;
        try {
            process.waitFor(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// The last lines of a stream that somebody not to be trusted writes.
    static final class Lines {
        private final Deque<String> kept = new ArrayDeque<>();
        private final StringBuilder current = new StringBuilder();
        private final CountDownLatch end = new CountDownLatch(1);

        /// Reads in a thread of its own, to the end.
        static Lines of(InputStream in, String thread) {
            Lines lines = new Lines();
            Thread reader = new Thread(() -> lines.readAll(in), thread);
            reader.setDaemon(true);
            reader.start();
            return lines;
        }

        private void readAll(InputStream in) {
            byte[] bytes = new byte[4096];
            try (in) {
                for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                    add(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
                }
            } catch (IOException _) {
                // It was killed.
            }
            add("\n");
            end.countDown();
        }

        /// Waits until there will be no more.
        void awaitEnd(long millis) throws InterruptedException {
            boolean _ = end.await(millis, TimeUnit.MILLISECONDS);
        }

        private synchronized void add(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\n') {
                    if (!current.isEmpty() && current.indexOf(USUAL) < 0) {
                        kept.add(current.toString());
                    }
                    current.setLength(0);
                    if (kept.size() > MAX_LINES) {
                        kept.remove();
                    }
                } else if (c != '\r' && current.length() < MAX_LINE) {
                    current.append(c);
                }
            }
        }

        synchronized String last() {
            return kept.isEmpty() ? "" : kept.getLast();
        }

        synchronized List<String> all() {
            return List.copyOf(kept);
        }
    }
}
