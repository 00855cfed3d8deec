package igdrom.fetch.testing;

import igdrom.fetch.ArchiveException;
import igdrom.fetch.Bundle;
import igdrom.fetch.DebPackage;
import igdrom.fetch.Environment;
import igdrom.fetch.Fetcher;
import igdrom.fetch.Relation;
import igdrom.fetch.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// QEMU 10.0 of Debian 13. `igdrom test` needs a newer one, so that the tests fetch it themselves:
/// with the system property `igdrom.all`, and from then on it is there.
public final class StableQemu {
    private static final String BUNDLE = "oracle-qemu";
    private static final String PACKAGE = "qemu-system-x86";
    private static final String PROGRAM = "usr/bin/qemu-system-x86_64";
    private static final String LIBRARIES = "usr/lib/x86_64-linux-gnu/";
    private static final long MAX_BYTES = 400_000_000;

    private StableQemu() {}

    /// The one that an earlier run fetched.
    public static Optional<Store.Entry> find() throws IOException {
        return store().find(BUNDLE);
    }

    /// The same; with `igdrom.all` it is fetched when it is missing.
    public static Optional<Store.Entry> findOrFetch() throws IOException {
        if (Boolean.getBoolean("igdrom.all") && find().isEmpty()) {
            fetch();
        }
        return find();
    }

    private static Store store() {
        return new Store(Environment.ofMachine().directory());
    }

    private static void fetch() throws IOException {
        Bundle bundle =
                new Bundle(
                        BUNDLE,
                        List.of(Relation.any(PACKAGE)),
                        List.of("qemu-system-common", "qemu-system-data", "seabios"),
                        StableQemu::isWanted,
                        MAX_BYTES,
                        StableQemu::version);
        Fetcher.of(Environment.ofMachine(), List.of("trixie"), new QuietProgress())
                .fetch(List.of(bundle), "");
    }

    private static boolean isWanted(String path) {
        String library = path.startsWith(LIBRARIES) ? path.substring(LIBRARIES.length()) : "";
        return path.equals(PROGRAM)
                || path.startsWith("usr/share/seabios/")
                || (path.startsWith("usr/share/qemu/") && path.endsWith(".bin"))
                || (!library.isEmpty() && library.indexOf('/') < 0 && library.contains(".so"))
                || (library.startsWith("qemu/accel-") && library.endsWith(".so"));
    }

    /// The upstream version: 10.0.13 of 1:10.0.13+ds-0+deb13u1.
    private static String version(Path directory, List<DebPackage> packages) throws IOException {
        if (!Files.exists(directory.resolve(PROGRAM))) {
            throw new ArchiveException("no " + PROGRAM + " in its packages");
        }
        return packages.stream()
                .filter(deb -> deb.name().equals(PACKAGE))
                .map(deb -> deb.version().text().replaceFirst("^[0-9]+:([0-9.]+).*", "$1"))
                .findFirst()
                .orElseThrow(() -> new ArchiveException("no package " + PACKAGE));
    }
}
