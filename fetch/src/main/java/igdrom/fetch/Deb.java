package igdrom.fetch;

import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/// Reads a package file, one entry of its `tar` archive of files after the other.
///
/// The package is an `ar` archive of the format version, the control data for dpkg and the `tar`
/// archive.
///
/// Spec: deb(5).
final class Deb implements AutoCloseable {
    private static final int MAX_MEMORY_KIB = 256 * 1024;
    private static final int MAX_VERSION_BYTES = 100;

    /// Limit for the headers of one entry, two long names included.
    private static final int MAX_HEADER_BYTES = 1 << 14;

    private final ArArchiveInputStream ar;
    private final Location location;
    private final LimitedInput limited;
    private final RestrictedTar tar;
    private long at;

    private Deb(ArArchiveInputStream ar, Location location, InputStream files) {
        this.ar = ar;
        this.location = location;
        this.limited = new LimitedInput(files);
        this.tar = new RestrictedTar(limited);
    }

    static Deb open(Path deb) throws IOException {
        InputStream file = new BufferedInputStream(Files.newInputStream(deb), 1 << 16);
        try {
            return open(file, Location.root(deb.toString()));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    static Deb open(InputStream deb, Location location) throws IOException {
        LimitedInput limited = new LimitedInput(new PassThroughInput(deb));
        ArArchiveInputStream ar = new ArArchiveInputStream(limited);
        return reading(location, limited, () -> data(ar, limited, location));
    }

    private static Deb data(ArArchiveInputStream ar, LimitedInput limited, Location location)
            throws IOException {
        ArArchiveEntry first = next(ar, limited);
        if (first == null || !first.getName().equals("debian-binary")) {
            throw new IOException("the first member is not debian-binary");
        }
        if (!new String(ar.readNBytes(MAX_VERSION_BYTES), StandardCharsets.US_ASCII)
                .startsWith("2.")) {
            throw new IOException("the format is not 2.x");
        }
        ArArchiveEntry member = next(ar, limited);
        while (member != null) {
            String name = member.getName();
            if (name.startsWith("data.tar")) {
                Location inner = location.in(name, limited.position());
                InputStream files =
                        reading(inner, new LimitedInput(ar), () -> decompressed(ar, name));
                return new Deb(ar, inner.decompressed("tar"), files);
            }
            member = next(ar, limited);
        }
        throw new IOException("data.tar is missing");
    }

    private static @Nullable ArArchiveEntry next(ArArchiveInputStream ar, LimitedInput limited)
            throws IOException {
        if (limited.position() > 0) {
            ar.transferTo(OutputStream.nullOutputStream());
        }
        limited.allow(MAX_HEADER_BYTES);
        ArArchiveEntry entry = ar.getNextEntry();
        limited.allow(Long.MAX_VALUE);
        return entry;
    }

    private static InputStream decompressed(InputStream member, String name) throws IOException {
        return switch (name) {
            case "data.tar" -> member;
            case "data.tar.gz" -> new GZIPInputStream(member, 1 << 16);
            case "data.tar.xz" -> new XZInputStream(member, MAX_MEMORY_KIB);
            default -> throw new IOException(name + " has an unsupported compression");
        };
    }

    /// The next entry, or null after the last; then [#read] returns its bytes.
    @Nullable TarEntry next() throws IOException {
        return reading(
                location,
                limited,
                () -> {
                    if (tar.getCurrentEntry() != null) {
                        tar.transferTo(OutputStream.nullOutputStream());
                    }
                    limited.allow(MAX_HEADER_BYTES);
                    TarArchiveEntry entry = tar.getNextEntry();
                    limited.allow(Long.MAX_VALUE);
                    at = limited.position();
                    return entry == null ? null : TarEntry.of(entry);
                });
    }

    /// Reads more bytes of the entry.
    ///
    /// @return their number, or -1 at the end of the entry
    int read(byte[] target) throws IOException {
        return reading(location, limited, () -> tar.read(target));
    }

    /// An exception for a problem with the current entry.
    MalformedImageException malformed(String problem) {
        return new MalformedImageException(location, at, problem + " (tar(5))");
    }

    @Override
    public void close() throws IOException {
        ar.close();
    }

    private interface Step<T> {
        T run() throws IOException;
    }

    /// Runs a step in which the libraries read the package. Their exceptions become
    /// [MalformedImageException], those of the file itself pass unchanged.
    private static <T extends @Nullable Object> T reading(
            Location location, LimitedInput limited, Step<T> step) throws IOException {
        try {
            return step.run();
        } catch (PassThroughInput.FailedException e) {
            throw e.problem();
        } catch (MalformedImageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new MalformedImageException(location, limited.position(), problem(e));
        }
    }

    private static String problem(Exception e) {
        if (e instanceof RestrictedTar.RefusedException) {
            return String.valueOf(e.getMessage());
        }
        return "cannot be decompressed: "
                + (e instanceof EOFException ? "truncated" : e.getMessage());
    }
}
