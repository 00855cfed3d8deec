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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Fetches the components that a guest needs and this machine lacks.
public final class Setup {
    private final Environment environment;
    private final Function<List<String>, Fetcher> fetchers;

    /// @param fetchers makes a fetcher for suites
    Setup(Environment environment, Function<List<String>, Fetcher> fetchers) {
        this.environment = environment;
        this.fetchers = fetchers;
    }

    public static Setup of(Environment environment, ProgressListener listener) {
        return new Setup(environment, suites -> Fetcher.of(environment, suites, listener));
    }

    /// The components to fetch before a guest can be started. An installed QEMU is used with the
    /// installed OVMF; a fetched one gets its own.
    ///
    /// @param linux whether a kernel is needed too
    /// @param host whether a kernel is needed that can be the host of a guest
    /// @param firmware whether newer builds of OVMF are needed too
    /// @param refresh whether to fetch components again that an earlier setup fetched
    public static List<Component> missing(
            Environment environment,
            Tools tools,
            boolean linux,
            boolean host,
            boolean firmware,
            boolean refresh)
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
        boolean hasKernel =
                tools.kernel().filter(kernel -> !host || kernel.canRunKvm()).isPresent();
        if ((linux || host) && (refresh || !hasKernel)) {
            missing.add(Component.LINUX);
        }
        if (firmware && (refresh || OvmfBuilds.find(environment).isEmpty())) {
            missing.add(Component.FIRMWARE);
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
        Map<List<String>, List<Bundle>> bundles = new LinkedHashMap<>();
        for (Component component : components) {
            bundles.computeIfAbsent(component.suites(), _ -> new ArrayList<>())
                    .add(component.bundle());
        }
        Fetched fetched = Fetched.NOTHING;
        for (Map.Entry<List<String>, List<Bundle>> entry : bundles.entrySet()) {
            Fetched more = fetchers.apply(entry.getKey()).fetch(entry.getValue(), mirror);
            fetched = fetched.and(more);
        }
        return fetched;
    }
}
