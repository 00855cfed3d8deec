package igdrom.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A running QEMU, and the last lines it wrote to standard error.
final class QemuProcess implements AutoCloseable {
    private static final int MAX_LINES = 200;
    private static final int SIGNAL_EXIT_BASE = 128;

    /// Lines that say nothing: a warning for every fw_cfg file outside `opt/` (our names are fixed
    /// by QEMU's own files), and one for every page of BARs that a kernel behind an IOMMU maps.
    private static final List<String> EXPECTED_WARNINGS =
            List.of(
                    "externally provided fw_cfg item names should be prefixed",
                    "iommu map to non memory area");

    private static final int MAX_LINE_LENGTH = 400;
    private static final int KILL_SECONDS = 10;
    private static final int EXIT_MILLIS = 2000;

    private final Process process;
    private final Lines lines;

    private QemuProcess(Process process) {
        this.process = process;
        this.lines = Lines.of(process.getErrorStream(), "igdrom-qemu-errors", MAX_LINES);
    }

    static QemuProcess start(Emulator emulator, List<String> arguments, Scratch scratch)
            throws IOException {
        ProcessBuilder builder = emulator.start(arguments).directory(scratch.directory().toFile());
        return scratch.own(new QemuProcess(builder.start()));
    }

    /// Standard output, to which a port of the guest is connected.
    InputStream output() {
        return process.getInputStream();
    }

    boolean alive() {
        return process.isAlive();
    }

    /// The processor time that it has used.
    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /// A description of how the process ended.
    String ending() {
        // The output may be closed shortly before the process exits and its last line arrives.
        try {
            if (process.waitFor(EXIT_MILLIS, TimeUnit.MILLISECONDS)) {
                lines.awaitEnd(EXIT_MILLIS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        String last = lines.last();
        return "QEMU " + exit() + (last.isEmpty() ? "" : ": " + last);
    }

    private String exit() {
        if (process.isAlive()) {
            return "closed its output";
        }
        int code = process.exitValue();
        return code > SIGNAL_EXIT_BASE
                ? "was killed by signal " + (code - SIGNAL_EXIT_BASE)
                : "exited with code " + code;
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
            process.waitFor(KILL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// The last lines of a stream from an untrusted writer, whose length and number are limited.
    static final class Lines {
        private final Deque<String> kept = new ArrayDeque<>();
        private final StringBuilder current = new StringBuilder();
        private final CountDownLatch end = new CountDownLatch(1);
        private final int max;

        private Lines(int max) {
            this.max = max;
        }

        /// Starts a thread that reads the stream to its end.
        ///
        /// @param max how many lines are kept
        static Lines of(InputStream in, String thread, int max) {
            Lines lines = new Lines(max);
            Thread.ofPlatform().daemon().name(thread).start(() -> lines.readAll(in));
            return lines;
        }

        private void readAll(InputStream in) {
            byte[] bytes = new byte[4096];
            try (in) {
                for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                    add(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
                }
            } catch (IOException _) {
                // The process was killed.
            }
            add("\n");
            end.countDown();
        }

        /// Waits for the end of the stream.
        void awaitEnd(long millis) throws InterruptedException {
            boolean _ = end.await(millis, TimeUnit.MILLISECONDS);
        }

        private synchronized void add(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\n') {
                    String line = current.toString();
                    if (!line.isEmpty() && EXPECTED_WARNINGS.stream().noneMatch(line::contains)) {
                        kept.add(line);
                    }
                    current.setLength(0);
                    if (kept.size() > max) {
                        kept.remove();
                    }
                } else if (c != '\r' && current.length() < MAX_LINE_LENGTH) {
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
