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

/// A folder that only the user can enter, and what has to end with it. All of it goes when this is
/// closed, and also when the JVM is told to stop. When that is killed, the next run removes it.
final class Scratch implements AutoCloseable {
    /// Spec: Linux, unix(7): 108 bytes with the NUL.
    private static final int MAX_SOCKET_PATH = 107;

    private static final int LONGEST_NAME = 20;
    private static final String NAME = "igdrom-test-";

    private final Path folder;
    private final boolean kept;
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();
    private final Thread hook = new Thread(this::interrupted, "igdrom-bench-end");
    private @Nullable FileChannel held;
    private boolean closed;
    private volatile boolean stopping;

    private Scratch(Path folder, boolean kept) {
        this.folder = folder;
        this.kept = kept;
    }

    static Scratch create() throws IOException {
        // The JDK makes such folders with mode 0700.
        Path folder = Files.createTempDirectory(NAME);
        StaleRuns.sweep(Objects.requireNonNull(folder.getParent()), NAME);
        if (folder.toString().length() > MAX_SOCKET_PATH - LONGEST_NAME) {
            Files.delete(folder);
            return createIn(Path.of("/tmp"));
        }
        return of(folder);
    }

    static Scratch createIn(Path parent) throws IOException {
        StaleRuns.sweep(parent, NAME);
        return of(Files.createTempDirectory(parent, NAME));
    }

    /// In a folder of this name, which is made and stays.
    static Scratch keeping(Path folder) throws IOException {
        Path made =
                Files.createDirectory(
                        folder.toAbsolutePath(),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
        if (made.toString().length() > MAX_SOCKET_PATH - LONGEST_NAME) {
            Files.delete(made);
            throw new IOException(made + ": too long a name for sockets in it");
        }
        return of(made, true);
    }

    private static Scratch of(Path folder) {
        Scratch scratch = of(folder, false);
        scratch.held = StaleRuns.hold(folder);
        return scratch;
    }

    private static Scratch of(Path folder, boolean kept) {
        Scratch scratch = new Scratch(folder, kept);
        Runtime.getRuntime().addShutdownHook(scratch.hook);
        return scratch;
    }

    Path folder() {
        return folder;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /// For whoever looks at the folder afterwards; nothing when nobody can.
    void note(String name, List<String> lines) throws IOException {
        if (kept) {
            Files.write(file(name), lines);
        }
    }

    /// Closes `one` with this, before what was owned earlier.
    synchronized <T extends AutoCloseable> T own(T one) throws IOException {
        if (closed) {
            quietly(one);
            throw new IOException("interrupted");
        }
        owned.push(one);
        return one;
    }

    private void interrupted() {
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
        StaleRuns.remove(folder);
        if (held != null) {
            quietly(held);
        }
    }

    private static void quietly(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception _) {
            // The others have to go too.
        }
    }

    /// Removes everything. When the JVM is stopping already, waits for its end: what would be said
    /// now about a guest that was killed is of no use to anybody.
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
