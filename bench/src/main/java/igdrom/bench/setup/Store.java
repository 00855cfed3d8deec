package igdrom.bench.setup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The folder of what was fetched. Each part is a folder of its own, `qemu-…`, and `qemu` a link to
/// the one that counts: it is switched when the new one is whole.
final class Store {
    private static final String MANIFEST = "igdrom-manifest";
    private static final String UNFINISHED = ".unfinished-";

    private final Path folder;

    Store(Path folder) {
        this.folder = folder;
    }

    /// A part that is there.
    ///
    /// @param version of what it is for
    /// @param packages what it was made of
    record Kept(Path folder, String version, List<String> packages) {
        Kept {
            packages = List.copyOf(packages);
        }
    }

    Path folder() {
        return folder;
    }

    Optional<Kept> find(Component part) throws IOException {
        Path link = folder.resolve(part.folder());
        if (!Files.isReadable(link.resolve(MANIFEST))) {
            return Optional.empty();
        }
        Path real = link.toRealPath();
        List<String> lines = Files.readAllLines(real.resolve(MANIFEST));
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new Kept(real, lines.getFirst(), lines.subList(1, lines.size())));
    }

    /// Keeps others out until it is closed.
    ///
    /// @throws BusyException when another is at work
    FileChannel lock() throws IOException {
        Files.createDirectories(
                folder.toAbsolutePath(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        FileChannel channel =
                FileChannel.open(
                        folder.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            @Nullable FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException _) {
            // Another thread of this process: busy all the same.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new BusyException("another igdrom is fetching into this folder just now");
    }

    /// Where downloads are kept until all is there.
    Path downloads() throws IOException {
        return Files.createDirectories(folder.resolve("downloads"));
    }

    /// An empty folder to unpack into.
    Path begin(Component part) throws IOException {
        Path fresh = folder.resolve(UNFINISHED + part.folder());
        remove(fresh);
        return Files.createDirectory(fresh);
    }

    /// Makes an unpacked part the one that counts.
    ///
    /// @param id different for different contents
    Kept finish(Component part, Path fresh, String id, Kept contents) throws IOException {
        StringBuilder lines = new StringBuilder(contents.version()).append('\n');
        for (String one : contents.packages()) {
            lines.append(one).append('\n');
        }
        Files.writeString(fresh.resolve(MANIFEST), lines);
        Path home = folder.resolve(part.folder() + "-" + id);
        for (int again = 2; Files.exists(home, LinkOption.NOFOLLOW_LINKS); again++) {
            home = folder.resolve(part.folder() + "-" + id + "-" + again);
        }
        Files.move(fresh, home);
        Path link = folder.resolve(UNFINISHED + part.folder());
        Files.createSymbolicLink(link, home.getFileName());
        Files.move(
                link,
                folder.resolve(part.folder()),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        removeOthers(part, home);
        return new Kept(home, contents.version(), contents.packages());
    }

    private void removeOthers(Component part, Path home) throws IOException {
        try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, part.folder() + "-*")) {
            for (Path one : old) {
                if (!one.equals(home)) {
                    remove(one);
                }
            }
        }
    }

    /// Removes a file, a link, or a folder with all that is in it; nothing that links lead to.
    static void remove(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(
                path,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path emptied, @Nullable IOException problem) throws IOException {
                        if (problem != null) {
                            throw problem;
                        }
                        Files.delete(emptied);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /// Somebody else is at work.
    static final class BusyException extends IOException {
        private static final long serialVersionUID = 1L;

        BusyException(String message) {
            super(message);
        }
    }
}
