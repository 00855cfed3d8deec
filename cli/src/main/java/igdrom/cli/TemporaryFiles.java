package igdrom.cli;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// What must not be left behind when igdrom is stopped by a signal: files that are not done, and
/// temporary folders. The JVM runs this thread when it is told to end.
final class TemporaryFiles extends Thread {
    /// Held while one is made and while files get their names; once the end has come, for ever.
    private static final ReentrantLock LOCK = new ReentrantLock();

    private static final Set<Path> PATHS = new HashSet<>();
    private static boolean watching;

    private TemporaryFiles() {
        super("igdrom-leftovers");
    }

    /// Makes a file that was not there.
    static OutputStream file(Path path) throws IOException {
        LOCK.lock();
        try {
            watch();
            OutputStream out = created(path);
            PATHS.add(path);
            return out;
        } finally {
            LOCK.unlock();
        }
    }

    /// Makes a folder for temporary files.
    static Path folder(String prefix) throws IOException {
        LOCK.lock();
        try {
            watch();
            Path folder = Files.createTempDirectory(prefix);
            PATHS.add(folder);
            return folder;
        } finally {
            LOCK.unlock();
        }
    }

    /// Begins a step that is done wholly or not at all, whatever signal comes. [#unlock] ends it.
    static void lock() {
        LOCK.lock();
    }

    static void unlock() {
        LOCK.unlock();
    }

    /// Removes one of them, with all that is in it.
    static void remove(Path path) {
        delete(path.toFile());
        forget(path);
    }

    /// Leaves alone what is one no longer.
    static void forget(Path path) {
        LOCK.lock();
        try {
            PATHS.remove(path);
        } finally {
            LOCK.unlock();
        }
    }

    /// Not before there is something to watch: most commands write nothing.
    private static void watch() {
        if (!watching) {
            Runtime.getRuntime().addShutdownHook(new TemporaryFiles());
            watching = true;
        }
    }

    @Override
    public void run() {
        // Never unlocked: nothing is begun any more.
        LOCK.lock();
        for (Path path : PATHS) {
            delete(path.toFile());
        }
    }

    /// What cannot be deleted stays: there is a better reason to complain already.
    private static void delete(File file) {
        if (!file.delete()) {
            File[] inside = Files.isSymbolicLink(file.toPath()) ? null : file.listFiles();
            if (inside != null) {
                for (File one : inside) {
                    delete(one);
                }
                boolean _ = file.delete();
            }
        }
    }

    /// The channels behind Files take a while to start, but say why they cannot.
    private static OutputStream created(Path path) throws IOException {
        File file = path.toFile();
        try {
            if (file.createNewFile()) {
                return new FileOutputStream(file);
            }
        } catch (IOException _) {
            // Said below.
        }
        return Files.newOutputStream(path, StandardOpenOption.CREATE_NEW);
    }
}
