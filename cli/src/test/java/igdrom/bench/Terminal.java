package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// A serial port of an emulated host, on which a shell of root reads commands.
final class Terminal implements AutoCloseable {
    private static final int MAX_OUTPUT = 8 << 20;
    private static final long POLL_MILLIS = 100;

    private final ServerSocketChannel listener;
    private final StringBuilder received = new StringBuilder();
    private @Nullable SocketChannel client;
    private boolean closed;
    private int commands;

    private Terminal(ServerSocketChannel listener) {
        this.listener = listener;
    }

    /// What a command printed, and its exit code.
    record Answer(String command, int code, String text) {
        /// The text in one line, as a reader sees it.
        String flat() {
            return text.replaceAll("\\s+", " ");
        }

        /// For the message of a failed assertion.
        @Override
        public String toString() {
            return "# %s\n%s(exit code %d)".formatted(command, text, code);
        }

        /// This answer, of a command that has to succeed.
        Answer succeeded() {
            assertThat(code).as(toString()).isZero();
            return this;
        }
    }

    static Terminal listen(Path socket) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
        Terminal terminal = new Terminal(listener);
        Thread.ofPlatform().daemon().name("terminal").start(terminal::receive);
        return terminal;
    }

    private void receive() {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        try {
            SocketChannel accepted = listener.accept();
            synchronized (this) {
                client = accepted;
            }
            while (accepted.read(bytes) >= 0) {
                bytes.flip();
                append(StandardCharsets.ISO_8859_1.decode(bytes).toString());
                bytes.clear();
            }
        } catch (IOException _) {
            // The host was switched off.
        }
        synchronized (this) {
            closed = true;
            notifyAll();
        }
    }

    private synchronized void append(String text) {
        received.append(text);
        if (received.length() > MAX_OUTPUT) {
            received.delete(0, received.length() - MAX_OUTPUT);
        }
        notifyAll();
    }

    /// Types a command, and waits until it has ended.
    ///
    /// @param limits of the time it may take
    Answer type(String command, Limits limits) throws IOException, InterruptedException {
        String mark = "[end of " + ++commands + "] ";
        send("{ %s\n} </dev/null 2>&1; echo '%s'$?\n".formatted(command, mark));
        return await(command, mark, limits);
    }

    /// Waits for the shell.
    void awaitShell(Limits limits) throws IOException, InterruptedException {
        await("log in", READY, limits);
    }

    /// What the shell prints when it starts.
    static final String READY = "[end of log in] ";

    private Answer await(String command, String mark, Limits limits) throws InterruptedException {
        limits.begin();
        synchronized (this) {
            while (true) {
                int at = received.indexOf(mark);
                int end = at < 0 ? -1 : received.indexOf("\n", at);
                if (end >= 0) {
                    String code = received.substring(at + mark.length(), end).strip();
                    String text = utf8(received.substring(0, at)).replace("\r\n", "\n");
                    received.delete(0, end + 1);
                    return new Answer(command, Integer.parseInt(code), text);
                }
                assertThat(closed).as("the host ended during: %s\n%s", command, received).isFalse();
                limits.check(command + "\n" + received);
                wait(POLL_MILLIS);
            }
        }
    }

    /// Bytes were kept as characters, since a character may come in pieces.
    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private void send(String text) throws IOException {
        SocketChannel channel;
        synchronized (this) {
            channel = client;
        }
        if (channel == null) {
            throw new IOException("the host has not opened its serial port");
        }
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        listener.close();
        if (client != null) {
            client.close();
        }
    }

    /// How long a step may take. A host that has used its processor time has failed; one that did
    /// not get it in an hour is on a machine that is too busy, and the test is aborted.
    static final class Limits {
        private static final Duration WALL = Duration.ofHours(1);

        private final QemuProcess qemu;
        private final Duration processor;
        private Duration before = Duration.ZERO;
        private long start;

        /// @param processor time that the host may use
        Limits(QemuProcess qemu, Duration processor) {
            this.qemu = qemu;
            this.processor = processor;
        }

        void begin() {
            before = qemu.processorTime();
            start = System.nanoTime();
        }

        void check(String what) {
            assertThat(qemu.processorTime().minus(before))
                    .as("processor time of the host during: %s", what)
                    .isLessThan(processor);
            if (System.nanoTime() - start > WALL.toNanos()) {
                Assumptions.abort("undecided: this machine is too busy for: " + what);
            }
        }
    }
}
