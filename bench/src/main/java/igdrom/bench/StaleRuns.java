package igdrom.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Removes the directories of runs that were killed.
///
/// A run holds a lock on a file in its directory, which the kernel releases when the process ends
/// in any way. The file gets its final name only once it is locked, so an unlocked file means that
/// the run has ended. A directory without such a file is left alone.
final class StaleRuns {
    private static final String LOCK = "lock";

    /// Directories locked by this process. Opening and closing their lock files would release the
    /// locks (fcntl(2)).
    private static final Set<String> LOCKED = ConcurrentHashMap.newKeySet();

    private StaleRuns() {}

    /// Marks a directory as in use until the channel is closed.
    ///
    /// @return null where files cannot be locked
    static @Nullable FileChannel lock(Path directory) {
        Path fresh = directory.resolve(LOCK + ".new");
        FileChannel channel = null;
        try {
            channel =
                    FileChannel.open(
                            fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            LOCKED.add(name(directory));
            if (channel.tryLock() != null) {
                Files.move(fresh, directory.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
                return channel;
            }
            channel.close();
        } catch (IOException _) {
            quietly(channel);
        }
        return null;
    }

    /// Removes the unlocked directories of this user.
    ///
    /// @param prefix of their names
    static void sweep(Path parent, String prefix) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, prefix + "*")) {
            for (Path directory : found) {
                if (!LOCKED.contains(name(directory))) {
                    removeIfUnlocked(directory);
                }
            }
        } catch (IOException | DirectoryIteratorException _) {
            // A directory that cannot be read stays.
        }
    }

    private static void removeIfUnlocked(Path directory) throws IOException {
        Path file = directory.resolve(LOCK);
        if (!isOurs(directory) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            @Nullable FileLock lock = channel.tryLock();
            if (lock != null) {
                remove(directory);
            }
        } catch (IOException | OverlappingFileLockException _) {
            // Another process is removing it.
        }
    }

    /// Whether it is a directory, not a link, with the owner and mode that [Scratch] gives it.
    private static boolean isOurs(Path directory) {
        try {
            Map<String, Object> attributes =
                    Files.readAttributes(
                            directory, "unix:isDirectory,mode,uid", LinkOption.NOFOLLOW_LINKS);
            Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            return Objects.equals(attributes.get("isDirectory"), true)
                    && attributes.get("mode") instanceof Integer mode
                    && (mode & 0777) == 0700
                    && Objects.equals(attributes.get("uid"), user);
        } catch (IOException _) {
            return false;
        }
    }

    /// Removes a directory with its contents, without following links.
    static void remove(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException _) {
            // Another process removed it meanwhile.
        }
        LOCKED.remove(name(directory));
    }

    private static String name(Path directory) {
        return String.valueOf(directory.getFileName());
    }

    private static void quietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException _) {
            // Nothing to do about it.
        }
    }
}
