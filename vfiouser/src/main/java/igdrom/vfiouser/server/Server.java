package igdrom.vfiouser.server;

import igdrom.linux.Descriptor;
import igdrom.linux.LinuxException;
import igdrom.linux.UnixListener;
import igdrom.linux.UnixSocket;
import igdrom.vfiouser.wire.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A device at a socket in the file system, for one client at a time. When one goes, the next may
/// come; the device keeps its state.
public final class Server implements AutoCloseable {
    private final UnixListener listener;
    private final Device device;
    private final Map<Integer, Descriptor> regionFiles;
    private final Thread thread;
    private @Nullable Connection connection;
    private @Nullable Exception lastFailure;
    private boolean closing;

    private Server(UnixListener listener, Device device, Map<Integer, Descriptor> regionFiles) {
        this.listener = listener;
        this.device = device;
        this.regionFiles = regionFiles;
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("vfio-user " + listener.path())
                        .unstarted(this::run);
    }

    /// A server that accepts clients from now on.
    ///
    /// @param socket does not exist yet, in a folder that is private to the user
    /// @param regionFiles what clients may map, for each mappable region; they stay the caller's
    public static Server listen(Path socket, Device device, Map<Integer, Descriptor> regionFiles)
            throws IOException {
        Server server = new Server(UnixListener.bind(socket), device, regionFiles);
        server.thread.start();
        return server;
    }

    /// The client of this moment.
    public synchronized Optional<Connection> connection() {
        return Optional.ofNullable(connection);
    }

    /// Why the last connection that did not end well ended.
    public synchronized Optional<Exception> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    private void run() {
        try {
            while (true) {
                UnixSocket socket = listener.accept();
                try (Connection client = new Connection(socket, device, regionFiles)) {
                    if (!begin(client)) {
                        return;
                    }
                    client.serve();
                } catch (IOException | RuntimeException e) {
                    failed(e);
                } finally {
                    end();
                }
            }
        } catch (LinuxException e) {
            failed(e);
        }
    }

    private synchronized boolean begin(Connection client) {
        connection = client;
        return !closing;
    }

    private synchronized void end() {
        connection = null;
    }

    private synchronized void failed(Exception e) {
        if (!closing) {
            lastFailure = e;
        }
    }

    /// Ends the connection and waits until everything is closed.
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
