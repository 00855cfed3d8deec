package igdrom.vfiouser.server;

import igdrom.linux.Descriptor;
import igdrom.linux.LinuxException;
import igdrom.linux.UnixListener;
import igdrom.linux.UnixSocket;
import igdrom.vfiouser.wire.PciDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Serves a device at a socket in the file system, to one client at a time. The device keeps its
/// state from one client to the next.
public final class Server implements AutoCloseable {
    private final UnixListener listener;
    private final PciDevice device;
    private final Map<Integer, Descriptor> regionFiles;
    private final Thread thread;
    private @Nullable Connection connection;
    private @Nullable Exception lastFailure;
    private boolean closing;

    private Server(UnixListener listener, PciDevice device, Map<Integer, Descriptor> regionFiles) {
        this.listener = listener;
        this.device = device;
        this.regionFiles = regionFiles;
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("vfio-user " + listener.path())
                        .unstarted(this::run);
    }

    /// Starts a server that accepts clients.
    ///
    /// @param socket a path that does not exist yet, in a directory that only the user can access
    /// @param regionFiles the file to map for each mappable region, by region index; the caller
    ///   keeps them open and closes them
    public static Server listen(Path socket, PciDevice device, Map<Integer, Descriptor> regionFiles)
            throws IOException {
        Server server = new Server(UnixListener.bind(socket), device, regionFiles);
        server.thread.start();
        return server;
    }

    /// The connection with the current client, if one is connected.
    public synchronized Optional<Connection> connection() {
        return Optional.ofNullable(connection);
    }

    /// The failure of the last connection that failed.
    public synchronized Optional<Exception> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    private void run() {
        try {
            while (true) {
                UnixSocket socket = listener.accept();
                try (Connection client = new Connection(socket, device, regionFiles)) {
                    if (!started(client)) {
                        return;
                    }
                    client.serve();
                } catch (IOException | RuntimeException e) {
                    failed(e);
                } finally {
                    ended();
                }
            }
        } catch (LinuxException e) {
            failed(e);
        }
    }

    /// False when the server is closing.
    private synchronized boolean started(Connection client) {
        connection = client;
        return !closing;
    }

    private synchronized void ended() {
        connection = null;
    }

    private synchronized void failed(Exception e) {
        if (!closing) {
            lastFailure = e;
        }
    }

    /// Ends the current connection and waits until everything is closed.
    @Override
    public void close() throws IOException {
        synchronized (this) {
            closing = true;
            listener.shutdown();
            if (connection != null) {
                connection.shutdown();
            }
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        listener.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
