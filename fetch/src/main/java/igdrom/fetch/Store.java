package igdrom.fetch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The directory that holds the fetched bundles.
///
/// Each bundle has a directory `NAME-ID`, and `NAME` is a symbolic link to the one in use. The link
/// is switched once a new bundle is complete, so a reader never sees half of one.
public final class Store {
    private static final String MANIFEST = "igdrom-manifest";
    private static final String UNFINISHED = ".unfinished-";

    private final Path directory;

    public Store(Path directory) {
        this.directory = directory;
    }

    /// A complete bundle.
    ///
    /// @param version of the program it holds
    /// @param packages name, version and SHA-256 of each package its files come from
    public record Entry(Path directory, String version, List<String> packages) {
        public Entry {
            packages = List.copyOf(packages);
        }
    }

    Path directory() {
        return directory;
    }

    /// The bundle of this name, if it was fetched.
    public Optional<Entry> find(String name) throws IOException {
        Path link = directory.resolve(name);
        if (!Files.isReadable(link.resolve(MANIFEST))) {
            return Optional.empty();
        }
        Path real = link.toRealPath();
        List<String> lines = Files.readAllLines(real.resolve(MANIFEST));
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new Entry(real, lines.getFirst(), lines.subList(1, lines.size())));
    }

    /// Locks the directory against other fetchers until the channel is closed.
    ///
    /// @throws BusyException when another fetcher holds the lock
    FileChannel lock() throws IOException {
        Files.createDirectories(
                directory.toAbsolutePath(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        FileChannel channel =
                FileChannel.open(
                        directory.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            @Nullable FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException _) {
            // Held by another thread of this process.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new BusyException("another igdrom is fetching into this directory");
    }

    /// Where packages are kept until all bundles are complete.
    Path downloads() throws IOException {
        return Files.createDirectories(directory.resolve("downloads"));
    }

    /// An empty directory to extract a bundle into.
    Path begin(String name) throws IOException {
        Path fresh = directory.resolve(UNFINISHED + name);
        remove(fresh);
        return Files.createDirectory(fresh);
    }

    /// Puts a complete bundle to use in place of the one before, which is deleted.
    ///
    /// @param id different for different contents
    /// @param fresh the bundle in the directory from [#begin]
    void finish(String name, String id, Entry fresh) throws IOException {
        StringBuilder lines = new StringBuilder(fresh.version()).append('\n');
        for (String line : fresh.packages()) {
            lines.append(line).append('\n');
        }
        Files.writeString(fresh.directory().resolve(MANIFEST), lines);
        Path home = directory.resolve(name + "-" + id);
        for (int copy = 2; Files.exists(home, LinkOption.NOFOLLOW_LINKS); copy++) {
            home = directory.resolve(name + "-" + id + "-" + copy);
        }
        Files.move(fresh.directory(), home);
        Path link = directory.resolve(UNFINISHED + name);
        Files.createSymbolicLink(link, home.getFileName());
        Files.move(
                link,
                directory.resolve(name),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        removeOthers(name, home);
    }

    private void removeOthers(String name, Path home) throws IOException {
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(directory, name + "-*")) {
            for (Path version : versions) {
                if (!version.equals(home)) {
                    remove(version);
                }
            }
        }
    }

    /// Removes a file, a symbolic link, or a directory with its contents; does not follow links.
    static void remove(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(path)) {
            for (Path entry : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// Another fetcher is using the directory.
    public static final class BusyException extends IOException {
        private static final long serialVersionUID = 1L;

        BusyException(String message) {
            super(message);
        }
    }
}
