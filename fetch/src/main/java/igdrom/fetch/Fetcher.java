package igdrom.fetch;

import igdrom.bytes.Image;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Fetches bundles from Debian's archive and extracts them into a [Store].
///
/// Packages left by an interrupted fetch are used the next time. When a fetch fails, the bundles of
/// earlier fetches stay as they are.
public final class Fetcher {
    private static final int PAUSE_MILLIS = 2000;

    private final Environment environment;
    private final List<String> suites;
    private final AptConfig apt;
    private final Keyring keys;
    private final Web web;
    private final ProgressListener listener;
    private final Store store;
    private long done;
    private long total;

    /// @param pauseMillis between two attempts to download a file
    Fetcher(
            Environment environment,
            List<String> suites,
            AptConfig apt,
            Keyring keys,
            int pauseMillis,
            ProgressListener listener) {
        this.environment = environment;
        this.suites = List.copyOf(suites);
        this.apt = apt;
        this.keys = keys;
        this.web = new Web(environment, apt, pauseMillis, listener::note);
        this.listener = listener;
        this.store = new Store(environment.directory());
    }

    /// A fetcher that trusts Debian's archive keys.
    ///
    /// @param suites by code name, such as `trixie`; a package is taken from the first suite whose
    ///   version satisfies the dependencies
    public static Fetcher of(
            Environment environment, List<String> suites, ProgressListener listener) {
        return new Fetcher(
                environment,
                suites,
                AptConfig.ofMachine(environment),
                Keyring.debian(),
                PAUSE_MILLIS,
                listener);
    }

    /// Fetches and extracts bundles.
    ///
    /// @param mirror the archive's URL; empty: the mirrors that apt is configured to use
    /// @throws ArchiveException when no mirror has what is needed
    /// @throws Store.BusyException when another process is fetching into the same directory
    public Fetched fetch(List<Bundle> bundles, String mirror) throws IOException {
        if (bundles.isEmpty()) {
            return Fetched.NOTHING;
        }
        try (FileChannel lock = store.lock()) {
            return locked(bundles, mirror, lock);
        }
    }

    private Fetched locked(List<Bundle> bundles, String mirror, FileChannel lock)
            throws IOException {
        if (!lock.isOpen()) {
            throw new IllegalStateException("not locked");
        }
        Path downloads = store.downloads();
        Map<String, Release> releases = new LinkedHashMap<>();
        String chosen = choose(mirrors(mirror), releases);
        Archive archive = new Archive(web, chosen, keys);
        PackageIndex index = index(archive, releases, downloads);
        Map<Bundle, List<DebPackage>> wanted = wanted(bundles, index);
        Map<String, DebPackage> packages = new LinkedHashMap<>();
        wanted.values().forEach(some -> some.forEach(deb -> packages.put(deb.fileName(), deb)));
        long bytes = 0;
        for (DebPackage deb : packages.values()) {
            bytes += deb.sum().size();
        }
        checkSpace(downloads, wanted);
        startStep("fetching " + packages.size() + " packages", bytes);
        List<String> names = new ArrayList<>();
        for (DebPackage deb : packages.values()) {
            archive.fetch(deb, downloads.resolve(deb.fileName()), this::progress);
            names.add(deb.toString());
        }
        for (Map.Entry<Bundle, List<DebPackage>> entry : wanted.entrySet()) {
            extract(entry.getKey(), entry.getValue(), downloads);
        }
        Store.remove(downloads);
        return new Fetched(names, bytes, Web.shown(chosen));
    }

    private List<String> mirrors(String named) throws IOException {
        if (!named.isEmpty()) {
            return List.of(Web.withoutSlash(named));
        }
        List<String> configured = AptSources.mirrors(environment);
        if (configured.isEmpty()) {
            throw new ArchiveException(
                    "apt on this machine uses no mirror of Debian",
                    ArchiveException.Remedy.NAME_MIRROR);
        }
        return configured;
    }

    /// The first mirror that has all suites; stores what it says about them in `releases`.
    private String choose(List<String> mirrors, Map<String, Release> releases) throws IOException {
        IOException problem = null;
        for (String mirror : mirrors) {
            listener.step("asking " + Web.shown(mirror));
            try {
                Archive archive = new Archive(web, mirror, keys);
                for (String suite : suites) {
                    releases.put(
                            suite,
                            archive.release(suite, apt.checksValidUntil() ? Instant.now() : null));
                }
                if (problem != null) {
                    listener.note(String.valueOf(problem.getMessage()));
                }
                return mirror;
            } catch (ArchiveException e) {
                if (problem == null) {
                    problem = e;
                } else {
                    problem.addSuppressed(e);
                }
            }
        }
        if (problem == null) {
            throw new ArchiveException("no mirror");
        }
        throw problem;
    }

    private PackageIndex index(Archive archive, Map<String, Release> releases, Path downloads)
            throws IOException {
        long bytes = 0;
        for (Release release : releases.values()) {
            bytes += Archive.indexSize(release);
        }
        startStep("reading the package lists", bytes);
        PackageIndex index = new PackageIndex();
        for (Map.Entry<String, Release> entry : releases.entrySet()) {
            archive.readIndex(entry.getKey(), entry.getValue(), downloads, index, this::progress);
        }
        return index;
    }

    private static Map<Bundle, List<DebPackage>> wanted(List<Bundle> bundles, PackageIndex index)
            throws ArchiveException {
        Map<Bundle, List<DebPackage>> wanted = new LinkedHashMap<>();
        for (Bundle bundle : bundles) {
            List<Relation> alone = new ArrayList<>();
            bundle.alone().forEach(name -> alone.add(Relation.any(name)));
            wanted.put(bundle, Closure.of(index, bundle.withDependencies(), alone));
        }
        return wanted;
    }

    /// Requires room for the packages still to download and for their extracted files.
    private void checkSpace(Path downloads, Map<Bundle, List<DebPackage>> wanted)
            throws IOException {
        Map<String, Long> needs = new LinkedHashMap<>();
        wanted.forEach((bundle, packages) -> {
            for (DebPackage deb : packages) {
                long extracted = Math.min(deb.installed(), bundle.maxBytes());
                boolean downloaded = Files.exists(downloads.resolve(deb.fileName()));
                needs.put(deb.fileName(), extracted + (downloaded ? 0 : deb.sum().size()));
            }
        });
        long needed = 0;
        for (long need : needs.values()) {
            needed += need;
        }
        // A FileStore could not be used: it needs a mount point, and a chroot has none. Some file
        // systems report no size at all.
        File volume = downloads.toFile();
        long free = volume.getUsableSpace();
        if (free < needed && volume.getTotalSpace() > 0) {
            throw new ArchiveException(
                    store.directory().toString(),
                    (free >> 20) + " MiB are free, " + ((needed >> 20) + 1) + " MiB may be needed");
        }
    }

    private void extract(Bundle bundle, List<DebPackage> packages, Path downloads)
            throws IOException {
        long bytes = 0;
        for (DebPackage deb : packages) {
            bytes += deb.sum().size();
        }
        startStep("extracting " + bundle.name(), bytes);
        Path fresh = store.begin(bundle.name());
        try {
            PackageExtractor extractor =
                    new PackageExtractor(fresh, bundle.files(), bundle.maxBytes());
            List<String> names = new ArrayList<>();
            for (DebPackage deb : packages) {
                extractor.extract(downloads.resolve(deb.fileName()));
                names.add(deb + " " + deb.sum().sha256());
                progress(deb.sum().size());
            }
            String version = bundle.check().version(fresh, packages);
            String id = version + "-" + Image.ofAscii(names.toString()).sha256().substring(0, 8);
            store.finish(bundle.name(), id, new Store.Entry(fresh, version, names));
        } catch (IOException | RuntimeException e) {
            Store.remove(fresh);
            throw e;
        }
    }

    private void startStep(String description, long bytes) {
        done = 0;
        total = bytes;
        listener.step(description);
    }

    private void progress(long more) {
        done += more;
        listener.bytes(done, total);
    }
}
