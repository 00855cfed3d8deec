package igdrom.bench.debian;

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

/// A package file: an `ar` archive with the format's version, what dpkg is told, and the files in a
/// `tar` archive, whose entries come one after the other.
///
/// Spec: deb(5).
final class Deb implements AutoCloseable {
    private static final int MEMORY_KIB = 256 * 1024;
    private static final int MOST_VERSION = 100;

    /// For what comes before an entry's bytes, two long names among it.
    private static final int MOST_HEADERS = 1 << 14;

    private final ArArchiveInputStream ar;
    private final Location location;
    private final LimitedInput metered;
    private final KnownTar tar;
    private long at;

    private Deb(ArArchiveInputStream ar, Location location, InputStream files) {
        this.ar = ar;
        this.location = location;
        this.metered = new LimitedInput(files);
        this.tar = new KnownTar(metered);
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
        LimitedInput metered = new LimitedInput(new PassThroughInput(deb));
        ArArchiveInputStream ar = new ArArchiveInputStream(metered);
        return reading(location, metered, () -> data(ar, metered, location));
    }

    private static Deb data(ArArchiveInputStream ar, LimitedInput metered, Location location)
            throws IOException {
        ArArchiveEntry first = next(ar, metered);
        if (first == null || !first.getName().equals("debian-binary")) {
            throw new IOException("the first member is not debian-binary");
        }
        if (!new String(ar.readNBytes(MOST_VERSION), StandardCharsets.US_ASCII).startsWith("2.")) {
            throw new IOException("the format is not 2.x");
        }
        ArArchiveEntry member = next(ar, metered);
        while (member != null) {
            String name = member.getName();
            if (name.startsWith("data.tar")) {
                Location inner = location.in(name, metered.position());
                InputStream files = reading(inner, new LimitedInput(ar), () -> plain(ar, name));
                return new Deb(ar, inner.decompressed("tar"), files);
            }
            member = next(ar, metered);
        }
        throw new IOException("there is no data.tar");
    }

    private static @Nullable ArArchiveEntry next(ArArchiveInputStream ar, LimitedInput metered)
            throws IOException {
        if (metered.position() > 0) {
            ar.transferTo(OutputStream.nullOutputStream());
        }
        metered.allow(MOST_HEADERS);
        ArArchiveEntry entry = ar.getNextEntry();
        metered.allow(Long.MAX_VALUE);
        return entry;
    }

    private static InputStream plain(InputStream member, String name) throws IOException {
        return switch (name) {
            case "data.tar" -> member;
            case "data.tar.gz" -> new GZIPInputStream(member, 1 << 16);
            case "data.tar.xz" -> new XZInputStream(member, MEMORY_KIB);
            default -> throw new IOException(name + " is packed in a way igdrom has not");
        };
    }

    /// The next entry, or null after the last; its bytes can be read then.
    @Nullable TarEntry next() throws IOException {
        return reading(
                location,
                metered,
                () -> {
                    if (tar.getCurrentEntry() != null) {
                        tar.transferTo(OutputStream.nullOutputStream());
                    }
                    metered.allow(MOST_HEADERS);
                    TarArchiveEntry entry = tar.getNextEntry();
                    metered.allow(Long.MAX_VALUE);
                    at = metered.position();
                    return entry == null ? null : TarEntry.of(entry);
                });
    }

    /// More bytes of the entry; how many, or -1 at its end.
    int read(byte[] target) throws IOException {
        return reading(location, metered, () -> tar.read(target));
    }

    /// That there is something wrong with the entry.
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

    /// What the libraries say is about what they read; what the disk says is about the disk.
    private static <T extends @Nullable Object> T reading(
            Location location, LimitedInput metered, Step<T> step) throws IOException {
        try {
            return step.run();
        } catch (PassThroughInput.FailedException e) {
            throw e.problem();
        } catch (MalformedImageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new MalformedImageException(location, metered.position(), problem(e));
        }
    }

    private static String problem(Exception e) {
        if (e instanceof KnownTar.RefusedException) {
            return String.valueOf(e.getMessage());
        }
        return "cannot be unpacked: "
                + (e instanceof EOFException ? "it ends too early" : e.getMessage());
    }
}
