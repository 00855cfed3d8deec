package igdrom.bench;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A private directory, and the resources that end with it.
///
/// Closing it, or the end of the JVM by a signal, closes the resources and removes the directory.
/// If the JVM is killed, the next run removes the directory.
final class Scratch implements AutoCloseable {
    /// Spec: Linux, unix(7): 108 bytes with the NUL.
    private static final int MAX_SOCKET_PATH = 107;

    private static final int MAX_SOCKET_NAME = 20;
    private static final String PREFIX = "igdrom-test-";

    private final Path directory;
    private final boolean kept;
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();
    private final Thread hook = new Thread(this::onShutdown, "igdrom-bench-end");
    private @Nullable FileChannel lock;
    private boolean closed;
    private volatile boolean stopping;

    private Scratch(Path directory, boolean kept) {
        this.directory = directory;
        this.kept = kept;
    }

    static Scratch create() throws IOException {
        // The JDK creates temporary directories with mode 0700.
        Path directory = Files.createTempDirectory(PREFIX);
        StaleRuns.sweep(Objects.requireNonNull(directory.getParent()), PREFIX);
        if (directory.toString().length() > MAX_SOCKET_PATH - MAX_SOCKET_NAME) {
            Files.delete(directory);
            return createIn(Path.of("/tmp"));
        }
        return of(directory);
    }

    static Scratch createIn(Path parent) throws IOException {
        StaleRuns.sweep(parent, PREFIX);
        return of(Files.createTempDirectory(parent, PREFIX));
    }

    /// Creates the directory that is kept, or a temporary one for null.
    static Scratch createOrKeep(@Nullable Path kept) throws IOException {
        return kept == null ? create() : keeping(kept);
    }

    /// Creates a directory of this name, which is not removed.
    static Scratch keeping(Path directory) throws IOException {
        Path created =
                Files.createDirectory(
                        directory.toAbsolutePath(),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
        if (created.toString().length() > MAX_SOCKET_PATH - MAX_SOCKET_NAME) {
            Files.delete(created);
            throw new IOException(created + ": the name is too long for sockets in this directory");
        }
        return of(created, true);
    }

    private static Scratch of(Path directory) {
        Scratch scratch = of(directory, false);
        scratch.lock = StaleRuns.lock(directory);
        return scratch;
    }

    private static Scratch of(Path directory, boolean kept) {
        Scratch scratch = new Scratch(directory, kept);
        Runtime.getRuntime().addShutdownHook(scratch.hook);
        return scratch;
    }

    Path directory() {
        return directory;
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /// Writes a file for the user, if the directory is kept.
    void keep(String name, List<String> lines) throws IOException {
        if (kept) {
            Files.write(file(name), lines);
        }
    }

    /// Closes `resource` together with this, before those owned earlier.
    synchronized <T extends AutoCloseable> T own(T resource) throws IOException {
        if (closed) {
            quietly(resource);
            throw new IOException("interrupted");
        }
        owned.push(resource);
        return resource;
    }

    private void onShutdown() {
        stopping = true;
        end();
    }

    private synchronized void end() {
        if (closed) {
            return;
        }
        closed = true;
        while (!owned.isEmpty()) {
            quietly(owned.pop());
        }
        if (kept) {
            return;
        }
        StaleRuns.remove(directory);
        if (lock != null) {
            quietly(lock);
        }
    }

    private static void quietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception _) {
            // The remaining resources must be closed too.
        }
    }

    /// Closes the resources and removes the directory. While the JVM is shutting down, blocks until
    /// its end, so that no verdict on a killed guest is printed.
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            stopping = true;
        }
        if (stopping) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
