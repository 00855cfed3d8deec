package igdrom.bench;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The lines that drivers write to the debug port, or a kernel to its console.
final class LogSocket implements AutoCloseable {
    /// Enough for what drivers write.
    static final int DRIVER_LINES = 40;

    private final ServerSocketChannel listener;
    private final int max;
    private @Nullable SocketChannel client;
    private QemuProcess.@Nullable Lines lines;

    private LogSocket(ServerSocketChannel listener, int max) {
        this.listener = listener;
        this.max = max;
    }

    /// Waits for a client.
    ///
    /// @param max how many of its last lines are kept
    static LogSocket listen(Path socket, int max) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        LogSocket log = new LogSocket(listener, max);
        Thread.ofPlatform().daemon().name("igdrom-log").start(log::accept);
        return log;
    }

    private void accept() {
        try {
            SocketChannel accepted = listener.accept();
            synchronized (this) {
                client = accepted;
                lines =
                        QemuProcess.Lines.of(
                                Channels.newInputStream(accepted), "igdrom-log-lines", max);
            }
        } catch (IOException _) {
            // Closed before QEMU connected.
        }
    }

    synchronized List<String> lines() {
        return lines == null ? List.of() : lines.all();
    }

    /// The clause with its last line, for a message; empty when it has none.
    String lastWords() {
        List<String> all = lines();
        return all.isEmpty() ? "" : "; the last line of its log is \"" + all.getLast() + "\"";
    }

    @Override
    public synchronized void close() throws IOException {
        listener.close();
        if (client != null) {
            client.close();
        }
    }
}
