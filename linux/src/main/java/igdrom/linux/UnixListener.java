package igdrom.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// A listening socket in the file system. [#close] deletes its file.
public final class UnixListener implements AutoCloseable {
    private static final int BACKLOG = 4;

    private final Descriptor descriptor;
    private final Path path;

    private UnixListener(Descriptor descriptor, Path path) {
        this.descriptor = descriptor;
        this.path = path;
    }

    /// Creates the socket.
    ///
    /// @param path of a file that does not exist, in a directory that should be private to the user
    public static UnixListener bind(Path path) throws IOException {
        Descriptor descriptor = UnixSocket.create();
        try (Arena arena = Arena.ofConfined()) {
            var state = Native.state(arena);
            SocketAddress address = SocketAddress.of(path, arena);
            if (Native.bind(state, descriptor.number(), address.segment(), address.size()) < 0) {
                throw Native.failed("bind", state);
            }
            // Restrict access before clients can connect.
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            if (Native.listen(state, descriptor.number(), BACKLOG) < 0) {
                throw Native.failed("listen", state);
            }
            return new UnixListener(descriptor, path);
        } catch (IOException e) {
            descriptor.close();
            throw e;
        }
    }

    public Path path() {
        return path;
    }

    /// Waits for a connection.
    ///
    /// @throws LinuxException when accept fails, or after [#shutdown]
    public UnixSocket accept() throws LinuxException {
        try (Arena arena = Arena.ofConfined()) {
            var state = Native.state(arena);
            while (true) {
                int number = Native.accept4(state, descriptor.number(), UnixSocket.SOCK_CLOEXEC);
                if (number >= 0) {
                    return new UnixSocket(new Descriptor(number));
                }
                if (Native.errno(state) != Native.EINTR) {
                    throw Native.failed("accept4", state);
                }
            }
        }
    }

    /// Ends [#accept] in another thread, which must then close the listener.
    public void shutdown() {
        UnixSocket.shutdown(descriptor);
    }

    @Override
    public void close() throws IOException {
        descriptor.close();
        Files.deleteIfExists(path);
    }
}
