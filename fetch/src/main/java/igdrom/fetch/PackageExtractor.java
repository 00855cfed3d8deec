package igdrom.fetch;

import igdrom.bytes.MalformedImageException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/// Extracts selected files of packages into a directory.
///
/// Creates only files, their parent directories, hard links to extracted files and symbolic links
/// within a directory. A path or link that leads elsewhere, a device, or more bytes than allowed
/// make the package malformed.
final class PackageExtractor {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path directory;
    private final Predicate<String> wanted;
    private final Set<String> written = new HashSet<>();
    private long left;

    /// @param directory an existing empty directory
    /// @param wanted selects files by paths such as `usr/bin/program`
    /// @param maxBytes limit for all files together
    PackageExtractor(Path directory, Predicate<String> wanted, long maxBytes) {
        this.directory = directory;
        this.wanted = wanted;
        this.left = maxBytes;
    }

    /// Extracts the selected files of a package.
    ///
    /// @throws MalformedImageException when the package is invalid
    void extract(Path deb) throws IOException {
        try (Deb in = Deb.open(deb)) {
            TarEntry entry = in.next();
            while (entry != null) {
                if (entry.kind() != TarEntry.Kind.DIRECTORY && wanted.test(entry.path())) {
                    extract(entry, in);
                }
                entry = in.next();
            }
        }
    }

    private void extract(TarEntry entry, Deb in) throws IOException {
        Path target = target(entry, in);
        switch (entry.kind()) {
            case FILE -> {
                if (entry.size() > left) {
                    throw in.malformed(
                            "size of %s is %d, the maximum is %d"
                                    .formatted(entry.path(), entry.size(), left));
                }
                left -= entry.size();
                write(entry, in, target);
            }
            case SYMLINK -> Files.createSymbolicLink(target, Path.of(checkedTarget(entry, in)));
            case HARD_LINK -> {
                String other =
                        entry.target().startsWith("./")
                                ? entry.target().substring(2)
                                : entry.target();
                if (!written.contains(other)) {
                    throw in.malformed(
                            "link %s leads to '%s', which was not extracted"
                                    .formatted(entry.path(), other));
                }
                Files.createLink(target, directory.resolve(other));
            }
            case DIRECTORY -> throw new AssertionError("skipped above");
        }
        written.add(entry.path());
    }

    private static String checkedTarget(TarEntry entry, Deb in) {
        String to = entry.target();
        if (to.isEmpty() || to.contains("/") || to.startsWith(".") || to.indexOf(0) >= 0) {
            throw in.malformed(
                    "link " + entry.path() + " leads out of its directory, to '" + to + "'");
        }
        return to;
    }

    private Path target(TarEntry entry, Deb in) throws IOException {
        Path target = directory.resolve(entry.path());
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw in.malformed("duplicate path " + entry.path());
        }
        Path parent = target.getParent();
        if (parent == null) {
            throw in.malformed("path without a directory");
        }
        Files.createDirectories(parent);
        // A parent that is a link, extracted earlier, would lead elsewhere.
        if (!parent.toRealPath()
                .equals(directory.toRealPath().resolve(directory.relativize(parent)))) {
            throw in.malformed(entry.path() + " is below a link");
        }
        return target;
    }

    private static void write(TarEntry entry, Deb in, Path target) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (OutputStream out =
                Files.newOutputStream(
                        target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            int count = in.read(buffer);
            while (count >= 0) {
                out.write(buffer, 0, count);
                count = in.read(buffer);
            }
        }
        if (entry.executable()) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
