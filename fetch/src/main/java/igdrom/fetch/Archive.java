package igdrom.fetch;

import igdrom.bytes.Image;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Debian's archive at one mirror. Everything it returns is covered by a signature.
final class Archive {
    private static final int MAX_RELEASE_BYTES = 4 << 20;
    private static final long MAX_INDEX_BYTES = 128L << 20;
    private static final long MAX_PACKAGE_BYTES = 1L << 30;
    private static final String INDEX = "main/binary-amd64/Packages.xz";

    private final Web web;
    private final String mirror;
    private final Keyring keys;

    Archive(Web web, String mirror, Keyring keys) {
        this.web = web;
        this.mirror = mirror;
        this.keys = keys;
    }

    /// The signed description of a suite.
    ///
    /// @param now the time to compare with Valid-Until, or null to ignore that field
    /// @throws ArchiveException when there is no such suite at this mirror
    /// @throws UntrustedException when the signature is not valid
    Release release(String suite, @Nullable Instant now) throws IOException {
        String url = mirror + "/dists/" + suite + "/InRelease";
        String location = Web.shown(url);
        Image file;
        try {
            file = web.small(url, MAX_RELEASE_BYTES);
        } catch (Connections.NotFoundException e) {
            throw new ArchiveException(location, "not found: this is not a mirror of Debian");
        }
        Release release = Release.of(keys.open(file, location), location);
        if (!release.codename().equals(suite)) {
            throw new UntrustedException(
                    location, "Codename is '" + release.codename() + "', expected '" + suite + "'");
        }
        Instant until = release.validUntil();
        if (now != null && until != null && now.isAfter(until)) {
            throw new UntrustedException(
                    location,
                    "expired on "
                            + until
                            + ": the mirror is out of date, or this machine's clock is wrong");
        }
        return release;
    }

    /// The size in bytes of a suite's package list; 0 when it has none.
    static long indexSize(Release release) {
        Checksum sum = release.files().get(INDEX);
        return sum == null ? 0 : sum.size();
    }

    /// Reads a suite's packages into an index.
    void readIndex(
            String suite,
            Release release,
            Path downloads,
            PackageIndex index,
            LongConsumer progress)
            throws IOException {
        String directory = mirror + "/dists/" + suite + "/";
        String location = Web.shown(directory + INDEX);
        Checksum sum = release.checksum(INDEX, location);
        if (sum.size() > MAX_INDEX_BYTES) {
            throw new UntrustedException(location, tooLarge(sum.size(), MAX_INDEX_BYTES));
        }
        Path file = downloads.resolve("Packages-" + suite + ".xz");
        String byHash =
                INDEX.substring(0, INDEX.lastIndexOf('/')) + "/by-hash/SHA256/" + sum.sha256();
        try {
            web.fetch(directory + (release.byHash() ? byHash : INDEX), file, sum, progress);
        } catch (Connections.NotFoundException e) {
            if (!release.byHash()) {
                throw e;
            }
            web.fetch(directory + INDEX, file, sum, progress);
        }
        index.add(file, location);
    }

    /// Downloads a package.
    void fetch(DebPackage deb, Path target, LongConsumer progress) throws IOException {
        String url = mirror + "/" + deb.file();
        if (deb.sum().size() > MAX_PACKAGE_BYTES) {
            throw new UntrustedException(
                    Web.shown(url), tooLarge(deb.sum().size(), MAX_PACKAGE_BYTES));
        }
        try {
            web.fetch(url, target, deb.sum(), progress);
        } catch (Connections.NotFoundException e) {
            throw new ArchiveException(
                    Web.shown(url),
                    "listed in the index but not found: the mirror is being updated, try again"
                            + " later");
        }
    }

    private static String tooLarge(long size, long max) {
        return "size is " + size + ", the maximum is " + max;
    }
}
