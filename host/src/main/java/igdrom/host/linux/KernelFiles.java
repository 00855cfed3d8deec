package igdrom.host.linux;

import igdrom.host.Fact;
import igdrom.host.Identifiers;
import igdrom.host.Kernel;
import java.util.ArrayList;
import java.util.List;

/// The kernel: `/proc`, its configuration, its log.
record KernelFiles(HostRoot root) {
    static final String COMMAND_LINE = "/proc/cmdline";

    private static final String RELEASE = "/proc/sys/kernel/osrelease";
    private static final String VERSION = "/proc/version";
    private static final String MODULES = "/proc/modules";
    private static final String VERSION_PREFIX = "Linux version ";

    /// @param log of the kernel, already read
    Kernel kernel(Fact<List<String>> log) {
        Fact<String> release = release();
        return new Kernel(
                release,
                commandLine(),
                new KernelConfiguration(root).options(release.value().orElse("")),
                root.text(MODULES, HostRoot.MAX_TEXT, KernelFiles::names)
                        .map(text -> text.lines().toList()),
                new TextConsoleFiles(root).consoles(),
                log);
    }

    private Fact<String> release() {
        return root.text(RELEASE)
                .or(
                        parseVersion(
                                root.text(
                                        VERSION, HostRoot.MAX_TEXT, KernelFiles::withoutBuilder)));
    }

    /// `Linux version 6.12.117+deb13-amd64`.
    private static String withoutBuilder(String text) {
        int open = text.indexOf(" (");
        return open < 0 ? text : text.substring(0, open);
    }

    /// The release in `Linux version 6.12.117+deb13-amd64`.
    static Fact<String> parseVersion(Fact<String> text) {
        return switch (text) {
            case Fact.Known<String>(String known, String source) ->
                    known.startsWith(VERSION_PREFIX)
                            ? new Fact.Known<>(
                                    known.substring(VERSION_PREFIX.length()).split(" ", 2)[0],
                                    source)
                            : new Fact.Unknown<>(
                                    source,
                                    "is not the version of Linux: " + Numbers.excerpt(known));
            case Fact.Unknown<String> unknown -> unknown;
        };
    }

    Fact<String> commandLine() {
        return root.text(COMMAND_LINE, HostRoot.MAX_TEXT, Identifiers::commandLine);
    }

    /// The first word of each line, without addresses of the kernel.
    static String names(String text) {
        List<String> names = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String name = line.split(" ", 2)[0];
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return String.join("\n", names);
    }
}
