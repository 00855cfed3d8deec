package igdrom.bench.setup;

import igdrom.bench.debian.ArchiveException;
import igdrom.bench.debian.DebPackage;
import igdrom.bench.debian.Keyring;
import igdrom.bench.debian.PackageIndex;
import igdrom.bench.debian.Release;
import igdrom.bench.debian.UntrustedException;
import igdrom.bytes.Image;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Debian's archive at one mirror: nothing that comes out of it was not signed.
final class Archive {
    private static final int MOST_RELEASE_BYTES = 4 << 20;
    private static final long MOST_INDEX_BYTES = 128L << 20;
    private static final long MOST_PACKAGE_BYTES = 1L << 30;
    private static final String INDEX = "main/binary-amd64/Packages.xz";

    private final Web web;
    private final String mirror;
    private final Keyring keys;

    Archive(Web web, String mirror, Keyring keys) {
        this.web = web;
        this.mirror = mirror;
        this.keys = keys;
    }

    /// What is said about a suite.
    ///
    /// @param now for the date until which it is valid, or null when that is not to be looked at
    Release release(String suite, @Nullable Instant now) throws IOException {
        String url = mirror + "/dists/" + suite + "/InRelease";
        String what = Web.shown(url);
        Image file;
        try {
            file = web.small(url, MOST_RELEASE_BYTES);
        } catch (Connections.NotThereException e) {
            throw new ArchiveException(what, "not there: no mirror of Debian, or no longer one");
        }
        Release release = Release.of(keys.open(file, what), what);
        if (!release.codename().equals(suite)) {
            throw new UntrustedException(what, "it is about '" + release.codename() + "'");
        }
        Instant until = release.validUntil();
        if (now != null && until != null && now.isAfter(until)) {
            throw new UntrustedException(
                    what,
                    "was valid until "
                            + until
                            + ": the mirror is out of date, or this machine's clock is wrong");
        }
        return release;
    }

    /// Reads a suite's packages into an index.
    void readIndex(
            String suite,
            Release release,
            Path downloads,
            PackageIndex index,
            LongConsumer progress)
            throws IOException {
        String folder = mirror + "/dists/" + suite + "/";
        String what = Web.shown(folder + INDEX);
        Release.Sum sum = release.sum(INDEX, what);
        if (sum.size() > MOST_INDEX_BYTES) {
            throw new UntrustedException(what, "has " + sum.size() + " bytes");
        }
        Path file = downloads.resolve("Packages-" + suite + ".xz");
        String byHash =
                INDEX.substring(0, INDEX.lastIndexOf('/')) + "/by-hash/SHA256/" + sum.sha256();
        try {
            web.fetch(folder + (release.byHash() ? byHash : INDEX), file, sum, progress);
        } catch (Connections.NotThereException e) {
            if (!release.byHash()) {
                throw e;
            }
            web.fetch(folder + INDEX, file, sum, progress);
        }
        index.add(file, what);
    }

    /// Fetches a package.
    void fetch(DebPackage one, Path target, LongConsumer progress) throws IOException {
        String url = mirror + "/" + one.file();
        if (one.sum().size() > MOST_PACKAGE_BYTES) {
            throw new UntrustedException(Web.shown(url), "has " + one.sum().size() + " bytes");
        }
        try {
            web.fetch(url, target, one.sum(), progress);
        } catch (Connections.NotThereException e) {
            throw new ArchiveException(
                    Web.shown(url),
                    "is in the index and not there: the mirror is being changed, try again later");
        }
    }
}
