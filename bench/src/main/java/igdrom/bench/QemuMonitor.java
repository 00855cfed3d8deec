package igdrom.bench;

import igdrom.bytes.Image;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Asks QEMU for memory of the guest, that of its devices included.
///
/// Spec: QEMU, docs/interop/qmp-spec.rst; qapi/machine.json, `pmemsave`. Each answer is a line, and
/// has the id of its command.
final class QemuMonitor implements RealScreen.GuestView, AutoCloseable {
    /// The file that QEMU writes, in the directory in which it runs.
    private static final String FILE = "memory";

    /// A frame buffer is read word by word, which an emulated processor does slowly.
    private static final int ANSWER_SECONDS = 120;

    private static final int MAX_SIZE = 256 << 20;

    private final ServerSocketChannel listener;
    private final Path file;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private @Nullable SocketChannel client;
    private int commands;

    private QemuMonitor(ServerSocketChannel listener, Path file) {
        this.listener = listener;
        this.file = file;
    }

    /// Waits for QEMU on a socket.
    static QemuMonitor listen(Scratch scratch, String socket) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(scratch.file(socket)));
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        QemuMonitor monitor = new QemuMonitor(listener, scratch.file(FILE));
        Thread.ofPlatform().daemon().name("igdrom-monitor").start(monitor::listen);
        return monitor;
    }

    private void listen() {
        try {
            SocketChannel accepted = listener.accept();
            synchronized (this) {
                client = accepted;
            }
            send(accepted, "{\"execute\":\"qmp_capabilities\"}");
            BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(
                                    Channels.newInputStream(accepted), StandardCharsets.UTF_8));
            lines.lines().filter(line -> line.contains("\"id\"")).forEach(answers::add);
        } catch (IOException | UncheckedIOException _) {
            // QEMU has ended.
        }
    }

    private static void send(SocketChannel channel, String command) throws IOException {
        OutputStream out = Channels.newOutputStream(channel);
        out.write((command + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public synchronized Optional<Image> read(long address, long size) {
        if (client == null || size <= 0 || size > MAX_SIZE) {
            return Optional.empty();
        }
        commands++;
        String id = "\"igdrom-" + commands + "\"";
        try {
            send(
                    client,
                    ("{\"execute\":\"pmemsave\",\"id\":%s,\"arguments\":{\"val\":%s,\"size\":%d,"
                                    + "\"filename\":\"%s\"}}")
                            .formatted(id, Long.toUnsignedString(address), size, FILE));
            if (!succeeded(id)) {
                return Optional.empty();
            }
            Image image = Image.load(file);
            Files.delete(file);
            return image.size() == size ? Optional.of(image) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private boolean succeeded(String id) {
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_SECONDS);
            for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
                String answer = answers.poll(left, TimeUnit.NANOSECONDS);
                // An answer that came too late belongs to an earlier command.
                if (answer != null && answer.contains(id)) {
                    return answer.contains("\"return\"");
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        // Not synchronized with a command that waits for its answer.
        SocketChannel connected = client;
        if (connected != null) {
            connected.close();
        }
    }
}
