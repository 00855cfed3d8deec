package igdrom.bench.debian;

import igdrom.bytes.MalformedImageException;
import java.io.EOFException;
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
public final class Unpacking {
    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private final Predicate<String> wanted;
    private final Set<String> written = new HashSet<>();
    private long left;

    /// Into a folder which is there, and empty.
    ///
    /// @param wanted which paths, as `usr/bin/program`
    /// @param most how many bytes may be written in all
    public Unpacking(Path folder, Predicate<String> wanted, long most) {
        this.folder = folder;
        this.wanted = wanted;
        this.left = most;
    }

    /// Takes what is wanted out of one package.
    ///
    /// @throws MalformedImageException when it is not a package as it should be
    public void unpack(Path deb) throws IOException {
        try (Stretch in = Deb.files(deb)) {
            TarEntry entry = TarEntry.read(in);
            while (entry != null) {
                unpack(entry, in);
                entry = TarEntry.read(in);
            }
        }
    }

    /// How many files and links there are now.
    public int count() {
        return written.size();
    }

    private void unpack(TarEntry entry, Stretch in) throws IOException {
        long at = in.position();
        long padding = -entry.size() & (TarEntry.BLOCK - 1);
        if (entry.kind() == TarEntry.Kind.FOLDER || !wanted.test(entry.path())) {
            skip(in, entry.size() + padding);
            return;
        }
        Path target = target(entry, in, at);
        switch (entry.kind()) {
            case FILE -> {
                if (entry.size() > left) {
                    throw TarEntry.malformed(
                            in,
                            at,
                            entry.path()
                                    + " has "
                                    + entry.size()
                                    + " bytes, "
                                    + left
                                    + " are allowed");
                }
                left -= entry.size();
                write(entry, in, target);
                skip(in, padding);
            }
            case SYMLINK -> {
                if (entry.target().isEmpty()
                        || entry.target().contains("/")
                        || entry.target().startsWith(".")) {
                    throw TarEntry.malformed(
                            in,
                            at,
                            "the link "
                                    + entry.path()
                                    + " leads out of its folder, to '"
                                    + entry.target()
                                    + "'");
                }
                Files.createSymbolicLink(target, Path.of(entry.target()));
            }
            case HARD_LINK -> {
                String other =
                        entry.target().startsWith("./")
                                ? entry.target().substring(2)
                                : entry.target();
                if (!written.contains(other)) {
                    throw TarEntry.malformed(
                            in,
                            at,
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

    private Path target(TarEntry entry, Stretch in, long at) throws IOException {
        Path target = folder.resolve(entry.path());
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw TarEntry.malformed(in, at, entry.path() + " is there twice");
        }
        Path parent = target.getParent();
        if (parent == null) {
            throw TarEntry.malformed(in, at, "a path without a folder");
        }
        Files.createDirectories(parent);
        // A link to a folder, unpacked before, would lead elsewhere.
        if (!parent.toRealPath().equals(folder.toRealPath().resolve(folder.relativize(parent)))) {
            throw TarEntry.malformed(in, at, entry.path() + " lies behind a link");
        }
        return target;
    }

    private static void write(TarEntry entry, Stretch in, Path target) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out =
                Files.newOutputStream(
                        target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long left = entry.size();
            while (left > 0) {
                int got = in.readNBytes(buffer, 0, (int) Math.min(BUFFER, left));
                if (got == 0) {
                    throw TarEntry.malformed(in, in.position(), "it ends inside " + entry.path());
                }
                out.write(buffer, 0, got);
                left -= got;
            }
        }
        if (entry.executable()) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static void skip(Stretch in, long count) throws IOException {
        try {
            in.skipNBytes(count);
        } catch (EOFException e) {
            throw TarEntry.malformed(in, in.position(), "it ends inside a file");
        }
    }
}
