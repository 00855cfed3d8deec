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

/// Folders of runs that were killed before they could tidy up.
///
/// A run holds a lock on a file in its folder, which the kernel lets go of when the process ends,
/// however it does. The file gets its name when it is locked already: one that is not locked says
/// that nobody is there any more. A folder without such a file is left alone.
final class StaleRuns {
    private static final String LOCK = "lock";

    /// Whose locks this process has: to open their files and close them again would end the locks.
    private static final Set<String> OWN = ConcurrentHashMap.newKeySet();

    private StaleRuns() {}

    /// Says that a run is going on in a folder, until it is closed; nothing where files cannot be
    /// locked.
    static @Nullable FileChannel hold(Path folder) {
        Path fresh = folder.resolve(LOCK + ".new");
        FileChannel channel = null;
        try {
            channel =
                    FileChannel.open(
                            fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            OWN.add(name(folder));
            if (channel.tryLock() != null) {
                Files.move(fresh, folder.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
                return channel;
            }
            channel.close();
        } catch (IOException _) {
            quietly(channel);
        }
        return null;
    }

    /// Removes such folders of this user.
    ///
    /// @param prefix of their names
    static void sweep(Path parent, String prefix) {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(parent, prefix + "*")) {
            for (Path folder : all) {
                if (!OWN.contains(name(folder))) {
                    removeIfLeft(folder);
                }
            }
        } catch (IOException | DirectoryIteratorException _) {
            // What cannot be looked at stays.
        }
    }

    private static void removeIfLeft(Path folder) throws IOException {
        Path file = folder.resolve(LOCK);
        if (!isOurs(folder) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            @Nullable FileLock lock = channel.tryLock();
            if (lock != null) {
                remove(folder);
            }
        } catch (IOException | OverlappingFileLockException _) {
            // Somebody else is at it.
        }
    }

    /// Whether it is a folder, no link to one, and as [Scratch] makes them for this user.
    private static boolean isOurs(Path folder) {
        try {
            Map<String, Object> found =
                    Files.readAttributes(
                            folder, "unix:isDirectory,mode,uid", LinkOption.NOFOLLOW_LINKS);
            Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            return Objects.equals(found.get("isDirectory"), true)
                    && found.get("mode") instanceof Integer mode
                    && (mode & 0777) == 0700
                    && Objects.equals(found.get("uid"), user);
        } catch (IOException _) {
            return false;
        }
    }

    /// Removes a folder with all that is in it, and nothing that links lead to.
    static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException _) {
            // Somebody else removed it meanwhile.
        }
        OWN.remove(name(folder));
    }

    private static String name(Path folder) {
        return String.valueOf(folder.getFileName());
    }

    private static void quietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException _) {
            // It was not needed.
        }
    }
}
