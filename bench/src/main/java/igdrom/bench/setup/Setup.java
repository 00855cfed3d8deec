package igdrom.bench.setup;

import igdrom.fetch.ArchiveException;
import igdrom.fetch.Bundle;
import igdrom.fetch.Environment;
import igdrom.fetch.Fetched;
import igdrom.fetch.Fetcher;
import igdrom.fetch.ProgressListener;
import igdrom.fetch.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Fetches the components that a guest needs and this machine lacks.
public final class Setup {
    /// Debian's stable release, and the suite with newer programs for it.
    static final List<String> SUITES = List.of("trixie", "trixie-backports");

    private final Environment environment;
    private final Fetcher fetcher;

    Setup(Environment environment, Fetcher fetcher) {
        this.environment = environment;
        this.fetcher = fetcher;
    }

    public static Setup of(Environment environment, ProgressListener listener) {
        return new Setup(environment, Fetcher.of(environment, SUITES, listener));
    }

    /// The components to fetch before a guest can be started. An installed QEMU is used with the
    /// installed OVMF; a fetched one gets its own.
    ///
    /// @param linux whether a kernel is needed too
    /// @param refresh whether to fetch components again that an earlier setup fetched
    public static List<Component> missing(
            Environment environment, Tools tools, boolean linux, boolean refresh)
            throws IOException {
        Store store = new Store(environment.directory());
        boolean qemuFetched = store.find(Component.QEMU.bundleName()).isPresent();
        boolean ovmfFetched = store.find(Component.OVMF.bundleName()).isPresent();
        boolean needsFetched = tools.qemu().isEmpty() || qemuFetched;
        List<Component> missing = new ArrayList<>();
        if (tools.qemu().isEmpty() || (refresh && qemuFetched)) {
            missing.add(Component.QEMU);
        }
        if (tools.ovmf().isEmpty() || (needsFetched && !ovmfFetched) || (refresh && ovmfFetched)) {
            missing.add(Component.OVMF);
        }
        if (linux && (refresh || tools.kernel().isEmpty())) {
            missing.add(Component.LINUX);
        }
        return missing;
    }

    /// Fetches components.
    ///
    /// @param mirror the archive's URL; empty: the mirrors that apt is configured to use
    /// @throws ArchiveException when they cannot be fetched, or not for this machine
    public Fetched fetch(List<Component> components, String mirror) throws IOException {
        String processor = System.getProperty("os.arch", "unknown");
        if (components.contains(Component.QEMU) && !processor.equals("amd64")) {
            throw new ArchiveException(
                    "QEMU can be fetched for x86-64 only, this machine is " + processor);
        }
        if (!components.isEmpty() && environment.directory().toString().contains(":")) {
            throw new ArchiveException(
                    environment.directory()
                            + ": the name contains ':', which separates directories in the loader's"
                            + " library path");
        }
        List<Bundle> bundles = new ArrayList<>();
        for (Component component : components) {
            bundles.add(component.bundle());
        }
        return fetcher.fetch(bundles, mirror);
    }
}
