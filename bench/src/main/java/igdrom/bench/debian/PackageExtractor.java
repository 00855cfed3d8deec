package igdrom.bench.debian;

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

/// Takes the wanted files out of packages into a folder.
///
/// Only files, folders on the way to them and links between files of one folder come to be. What
/// leads out of the folder, a device, or more bytes than allowed makes the package malformed.
public final class PackageExtractor {
    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private final Predicate<String> wanted;
    private final Set<String> written = new HashSet<>();
    private long left;

    /// Into a folder which is there, and empty.
    ///
    /// @param wanted which paths, as `usr/bin/program`
    /// @param most how many bytes may be written in all
    public PackageExtractor(Path folder, Predicate<String> wanted, long most) {
        this.folder = folder;
        this.wanted = wanted;
        this.left = most;
    }

    /// Takes what is wanted out of one package.
    ///
    /// @throws MalformedImageException when it is not a package as it should be
    public void unpack(Path deb) throws IOException {
        try (Deb in = Deb.open(deb)) {
            TarEntry entry = in.next();
            while (entry != null) {
                if (entry.kind() != TarEntry.Kind.FOLDER && wanted.test(entry.path())) {
                    unpack(entry, in);
                }
                entry = in.next();
            }
        }
    }

    /// How many files and links there are now.
    public int count() {
        return written.size();
    }

    private void unpack(TarEntry entry, Deb in) throws IOException {
        Path target = target(entry, in);
        switch (entry.kind()) {
            case FILE -> {
                if (entry.size() > left) {
                    throw in.malformed(
                            entry.path()
                                    + " has "
                                    + entry.size()
                                    + " bytes, "
                                    + left
                                    + " are allowed");
                }
                left -= entry.size();
                write(entry, in, target);
            }
            case SYMLINK -> Files.createSymbolicLink(target, Path.of(linked(entry, in)));
            case HARD_LINK -> {
                String other =
                        entry.target().startsWith("./")
                                ? entry.target().substring(2)
                                : entry.target();
                if (!written.contains(other)) {
                    throw in.malformed(
                            "the link "
                                    + entry.path()
                                    + " leads to '"
                                    + other
                                    + "', which was not unpacked");
                }
                Files.createLink(target, folder.resolve(other));
            }
            case FOLDER -> throw new AssertionError("skipped above");
        }
        written.add(entry.path());
    }

    private static String linked(TarEntry entry, Deb in) {
        String to = entry.target();
        if (to.isEmpty() || to.contains("/") || to.startsWith(".") || to.indexOf(0) >= 0) {
            throw in.malformed(
                    "the link " + entry.path() + " leads out of its folder, to '" + to + "'");
        }
        return to;
    }

    private Path target(TarEntry entry, Deb in) throws IOException {
        Path target = folder.resolve(entry.path());
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw in.malformed(entry.path() + " is there twice");
        }
        Path parent = target.getParent();
        if (parent == null) {
            throw in.malformed("a path without a folder");
        }
        Files.createDirectories(parent);
        // A link to a folder, unpacked before, would lead elsewhere.
        if (!parent.toRealPath().equals(folder.toRealPath().resolve(folder.relativize(parent)))) {
            throw in.malformed(entry.path() + " lies behind a link");
        }
        return target;
    }

    private static void write(TarEntry entry, Deb in, Path target) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out =
                Files.newOutputStream(
                        target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            int got = in.read(buffer);
            while (got >= 0) {
                out.write(buffer, 0, got);
                got = in.read(buffer);
            }
        }
        if (entry.executable()) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
