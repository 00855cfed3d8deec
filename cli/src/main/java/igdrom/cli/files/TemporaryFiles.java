package igdrom.cli.files;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// Removes incomplete files and temporary directories when a signal stops igdrom: the JVM runs this
/// thread as it shuts down.
public final class TemporaryFiles extends Thread {
    /// Held while a file is made and while files are renamed; from the shutdown on, forever.
    private static final ReentrantLock LOCK = new ReentrantLock();

    private static final Set<Path> PATHS = new HashSet<>();
    private static boolean watching;

    private TemporaryFiles() {
        super("igdrom-shutdown");
    }

    /// Creates a file that does not exist yet.
    static OutputStream file(Path path) throws IOException {
        LOCK.lock();
        try {
            watch();
            OutputStream out = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW);
            PATHS.add(path);
            return out;
        } finally {
            LOCK.unlock();
        }
    }

    /// Creates a temporary directory.
    public static Path directory(String prefix) throws IOException {
        LOCK.lock();
        try {
            watch();
            Path directory = Files.createTempDirectory(prefix);
            PATHS.add(directory);
            return directory;
        } finally {
            LOCK.unlock();
        }
    }

    /// Begins a step that no signal can interrupt. [#unlock] ends it.
    static void lock() {
        LOCK.lock();
    }

    static void unlock() {
        LOCK.unlock();
    }

    /// Removes a file or a directory and everything in it.
    public static void remove(Path path) {
        delete(path.toFile());
        forget(path);
    }

    /// Stops watching a file that is complete.
    static void forget(Path path) {
        LOCK.lock();
        try {
            PATHS.remove(path);
        } finally {
            LOCK.unlock();
        }
    }

    private static void watch() {
        if (!watching) {
            Runtime.getRuntime().addShutdownHook(new TemporaryFiles());
            watching = true;
        }
    }

    @Override
    public void run() {
        // Never unlocked, so that nothing new is begun.
        LOCK.lock();
        for (Path path : PATHS) {
            delete(path.toFile());
        }
    }

    /// Ignores what cannot be deleted: another failure is already being reported.
    private static void delete(File file) {
        if (!file.delete()) {
            File[] inside = Files.isSymbolicLink(file.toPath()) ? null : file.listFiles();
            if (inside != null) {
                for (File child : inside) {
                    delete(child);
                }
                boolean _ = file.delete();
            }
        }
    }
}
