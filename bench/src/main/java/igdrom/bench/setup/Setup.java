package igdrom.bench.setup;

import igdrom.bench.debian.ArchiveException;
import igdrom.bench.debian.Closure;
import igdrom.bench.debian.DebPackage;
import igdrom.bench.debian.Keyring;
import igdrom.bench.debian.PackageExtractor;
import igdrom.bench.debian.PackageIndex;
import igdrom.bench.debian.Relation;
import igdrom.bench.debian.Release;
import igdrom.bytes.Image;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Fetches parts that a run in a guest needs from Debian's archive, and unpacks them into a folder.
///
/// What was fetched when it was interrupted is used the next time. Whatever goes wrong, the parts
/// that were there before stay as they were.
public final class Setup {
    /// The release that is fetched from, and where its newer programs are.
    private static final String SUITE = "trixie";

    private static final List<String> SUITES = List.of(SUITE, SUITE + "-backports");
    private static final int PAUSE_MILLIS = 2000;

    private final Environment machine;
    private final AptConfig apt;
    private final Keyring keys;
    private final Web web;
    private final Listener listener;
    private final Store store;
    private long done;
    private long total;

    Setup(Environment machine, AptConfig apt, Keyring keys, int pauseMillis, Listener listener) {
        this.machine = machine;
        this.apt = apt;
        this.keys = keys;
        this.web = new Web(machine, apt, pauseMillis, listener::note);
        this.listener = listener;
        this.store = new Store(machine.folder());
    }

    public static Setup of(Environment machine, Listener listener) {
        return new Setup(
                machine, AptConfig.ofMachine(machine), Keyring.debian(), PAUSE_MILLIS, listener);
    }

    /// What was fetched.
    ///
    /// @param packages name and version of each
    /// @param bytes of them together
    /// @param mirror where they come from
    public record Fetched(List<String> packages, long bytes, String mirror) {
        public static final Fetched NOTHING = new Fetched(List.of(), 0, "");

        public Fetched {
            packages = List.copyOf(packages);
        }
    }

    /// What is to be fetched so that a guest can be started. A QEMU that is installed takes the
    /// OVMF that is; one that is fetched gets its own.
    ///
    /// @param linux whether a kernel is wanted too
    /// @param again whether what was fetched before is to be fetched in its newest version
    public static List<Component> missing(
            Environment machine, Tools tools, boolean linux, boolean again) throws IOException {
        Store store = new Store(machine.folder());
        boolean own = tools.qemu().isEmpty() || store.find(Component.QEMU).isPresent();
        List<Component> missing = new ArrayList<>();
        if (tools.qemu().isEmpty() || (again && own)) {
            missing.add(Component.QEMU);
        }
        boolean kept = store.find(Component.OVMF).isPresent();
        if (tools.ovmf().isEmpty() || (own && !kept) || (again && kept)) {
            missing.add(Component.OVMF);
        }
        if (linux && (again || tools.kernel().isEmpty())) {
            missing.add(Component.LINUX);
        }
        return missing;
    }

    /// Fetches parts.
    ///
    /// @param mirror the archive's address, or nothing to take those that apt uses
    public Fetched fetch(List<Component> parts, String mirror) throws IOException {
        if (parts.isEmpty()) {
            return Fetched.NOTHING;
        }
        if (parts.contains(Component.QEMU) && !System.getProperty("os.arch", "").equals("amd64")) {
            throw new ArchiveException(
                    "QEMU is fetched for x86-64 only, this machine is "
                            + System.getProperty("os.arch", "unknown"));
        }
        if (store.folder().toString().contains(":")) {
            throw new ArchiveException(
                    store.folder()
                            + ": the loader cannot find libraries in a folder with ':' in its"
                            + " name");
        }
        try (FileChannel lock = store.lock()) {
            return locked(parts, mirror, lock);
        }
    }

    private Fetched locked(List<Component> parts, String mirror, FileChannel lock)
            throws IOException {
        if (!lock.isOpen()) {
            throw new IllegalStateException("not locked");
        }
        Path downloads = store.downloads();
        Map<String, Release> releases = new LinkedHashMap<>();
        String chosen = choose(mirrors(mirror), releases);
        Archive archive = new Archive(web, chosen, keys);
        PackageIndex index = index(archive, releases, downloads);
        Map<Component, List<DebPackage>> wanted = wanted(parts, index);
        Map<String, DebPackage> all = new LinkedHashMap<>();
        wanted.values().forEach(some -> some.forEach(one -> all.put(one.fileName(), one)));
        done = 0;
        total = 0;
        for (DebPackage one : all.values()) {
            total += one.sum().size();
        }
        long bytes = total;
        checkSpace(downloads, all.values());
        listener.step("fetching " + all.size() + " packages");
        List<String> names = new ArrayList<>();
        for (DebPackage one : all.values()) {
            archive.fetch(one, downloads.resolve(one.fileName()), this::progress);
            names.add(one.toString());
        }
        for (Map.Entry<Component, List<DebPackage>> part : wanted.entrySet()) {
            unpack(part.getKey(), part.getValue(), downloads);
        }
        Store.remove(downloads);
        return new Fetched(names, bytes, Web.shown(chosen));
    }

    private List<String> mirrors(String named) throws IOException {
        if (!named.isEmpty()) {
            return List.of(Web.withoutSlash(named));
        }
        List<String> configured = AptSources.mirrors(machine);
        if (configured.isEmpty()) {
            throw new ArchiveException(
                    "apt on this machine uses no mirror of Debian: name one with --mirror URL,"
                            + " as http://HOST/debian");
        }
        return configured;
    }

    /// The first mirror that has what is needed, and what that says about its suites.
    private String choose(List<String> mirrors, Map<String, Release> releases) throws IOException {
        IOException problem = null;
        for (String mirror : mirrors) {
            listener.step("asking " + Web.shown(mirror));
            try {
                Archive archive = new Archive(web, mirror, keys);
                for (String suite : SUITES) {
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
        listener.step("reading the lists of packages");
        done = 0;
        total = 0;
        for (Release one : releases.values()) {
            total += Archive.indexSize(one);
        }
        PackageIndex index = new PackageIndex();
        for (Map.Entry<String, Release> one : releases.entrySet()) {
            archive.readIndex(one.getKey(), one.getValue(), downloads, index, this::progress);
        }
        return index;
    }

    private static Map<Component, List<DebPackage>> wanted(
            List<Component> parts, PackageIndex index) throws ArchiveException {
        Map<Component, List<DebPackage>> wanted = new EnumMap<>(Component.class);
        for (Component part : parts) {
            List<Relation> alone = new ArrayList<>();
            part.alone().forEach(name -> alone.add(Relation.any(name)));
            wanted.put(part, Closure.of(index, part.withLibraries(), alone));
        }
        return wanted;
    }

    /// Once for the packages that are not there yet, and once for what is in all of them.
    private void checkSpace(Path downloads, Iterable<DebPackage> all) throws IOException {
        long needed = 0;
        for (DebPackage one : all) {
            needed += Math.min(one.installed(), Component.MOST_BYTES);
            if (!Files.exists(downloads.resolve(one.fileName()))) {
                needed += one.sum().size();
            }
        }
        long free = Files.getFileStore(downloads).getUsableSpace();
        if (free < needed) {
            throw new ArchiveException(
                    store.folder().toString(),
                    (free >> 20) + " MiB are free, " + ((needed >> 20) + 1) + " MiB may be needed");
        }
    }

    private void unpack(Component part, List<DebPackage> packages, Path downloads)
            throws IOException {
        listener.step("unpacking " + part.folder());
        Path fresh = store.begin(part);
        try {
            PackageExtractor unpacking =
                    new PackageExtractor(fresh, part::wants, Component.MOST_BYTES);
            List<String> names = new ArrayList<>();
            done = 0;
            total = 0;
            for (DebPackage one : packages) {
                total += one.sum().size();
            }
            for (DebPackage one : packages) {
                unpacking.unpack(downloads.resolve(one.fileName()));
                names.add(one + " " + one.sum().sha256());
                progress(one.sum().size());
            }
            String version = ComponentCheck.check(part, fresh, packages);
            String id = version + "-" + Image.ofAscii(names.toString()).sha256().substring(0, 8);
            store.finish(part, fresh, id, new Store.Kept(fresh, version, names));
        } catch (IOException | RuntimeException e) {
            Store.remove(fresh);
            throw e;
        }
    }

    private void progress(long more) {
        done += more;
        listener.bytes(done, total);
    }
}
