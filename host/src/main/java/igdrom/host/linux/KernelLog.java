package igdrom.host.linux;

import igdrom.bytes.Image;
import igdrom.host.Fact;
import igdrom.host.Identifiers;
import igdrom.host.Kernel;
import igdrom.host.Snapshot;
import igdrom.host.text.HostTexts;
import igdrom.host.text.TextFile;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The kernel's log: of the running system from `dmesg`, or from the journal where users may not
/// see the kernel's own copy, or where its start was overwritten; of a recorded one from a file.
record KernelLog(HostRoot root) {
    /// The log in a directory with a copy of the files.
    static final String RECORDED = "/dmesg.txt";

    private static final String HOST_NAME = "/proc/sys/kernel/hostname";

    /// Names that installers propose.
    private static final List<String> COMMON_NAMES =
            List.of("debian", "fedora", "linux", "localhost", "nixos", "proxmox", "pve", "ubuntu");

    private static final Image FIRST_LINE = Image.ofAscii("Linux version ");

    /// What the log says about the host; nothing where it cannot be read.
    Snapshot facts(String measuredBy) {
        return switch (root.isLive()
                ? printed()
                : unrecorded().bytes(RECORDED, TextFile.MAX_SIZE)) {
            case Fact.Unknown<Image>(String source, String reason) ->
                    Snapshot.unknown(measuredBy, source, reason);
            case Fact.Known<Image>(Image log, String source) ->
                    HostTexts.readLog(TextFile.of(source, log), measuredBy);
        };
    }

    /// The lines that matter, without the name of the host.
    Fact<List<String>> lines(Kernel logged) {
        String hostName = hostName();
        Fact<List<String>> lines =
                logged.log()
                        .map(log ->
                                log.stream()
                                        .map(line -> Identifiers.removed(line, hostName))
                                        .toList());
        lines.value().ifPresent(this::copy);
        return lines;
    }

    private void copy(List<String> lines) {
        byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        root.copy().file(RECORDED, Image.of(text));
    }

    private static Fact<Image> printed() {
        Fact<Image> kernels = LogProgram.DMESG.output();
        boolean whole = kernels.value().map(log -> log.contains(FIRST_LINE)).orElse(false);
        return whole ? kernels : LogProgram.JOURNAL.output().or(kernels);
    }

    /// The same files, of which no copy is kept.
    private HostRoot unrecorded() {
        return new HostRoot(root.paths(), new TreeBuilder());
    }

    /// The name of the host, empty where it identifies nobody.
    String hostName() {
        String name = unrecorded().text(HOST_NAME).value().orElse("");
        return COMMON_NAMES.contains(name) ? "" : name;
    }
}
