package igdrom.host.linux;

import igdrom.host.Fact;
import igdrom.host.Identifiers;
import igdrom.host.Vfio;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// vfio-pci: its parameters in `/sys/module`, what `/etc/modprobe.d` says, the names in
/// `/dev/vfio`. No file below `/dev` is opened.
///
/// Source: Linux, drivers/vfio/pci/vfio_pci.c; modprobe.d(5). There is no file for the parameter
/// `ids`.
record VfioFiles(HostRoot root) {
    private static final String MODULE = "/sys/module/vfio_pci";
    private static final String NODES = "/dev/vfio";

    /// Later directories have less weight, which does not matter here.
    private static final List<String> DIRECTORIES =
            List.of("/etc/modprobe.d", "/run/modprobe.d", "/usr/lib/modprobe.d", "/lib/modprobe.d");

    /// Commands of modprobe.d about what can have the IGD or its sound.
    private static final Pattern RELEVANT =
            Pattern.compile(
                    "(?:alias|blacklist|install|options|remove|softdep|weakdep)\\s.*"
                            + "\\b(?:vfio[-_a-z0-9]*|i915|xe|kvm|kvm_intel|snd_hda_intel"
                            + "|snd_soc_[a-z0-9_]+|snd_sof[a-z0-9_]*|simpledrm)\\b.*");

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    Vfio vfio() {
        Fact<Boolean> loaded = loaded();
        return new Vfio(loaded, disableVga(loaded), configured(), nodes());
    }

    /// A module that is part of the kernel has the directory too.
    private Fact<Boolean> loaded() {
        if (root.exists(MODULE)) {
            return new Fact.Known<>(true, MODULE);
        }
        return root.exists("/sys/kernel")
                ? new Fact.Known<>(false, MODULE)
                : new Fact.Unknown<>(MODULE, HostRoot.MISSING);
    }

    private Fact<Boolean> disableVga(Fact<Boolean> loaded) {
        String path = MODULE + "/parameters/disable_vga";
        return loaded.value().orElse(true)
                ? parseFlag(root.text(path))
                : new Fact.Unknown<>(path, "vfio-pci is not loaded");
    }

    /// A parameter that is on or off: `Y` or `N`.
    static Fact<Boolean> parseFlag(Fact<String> text) {
        return switch (text) {
            case Fact.Unknown<String>(String source, String reason) ->
                    new Fact.Unknown<>(source, reason);
            case Fact.Known<String>(String known, String source) ->
                    known.equals("Y") || known.equals("N")
                            ? new Fact.Known<>(known.equals("Y"), source)
                            : new Fact.Unknown<>(
                                    source, "is neither Y nor N: " + Numbers.excerpt(known));
        };
    }

    private Fact<List<String>> configured() {
        List<String> found = new ArrayList<>();
        boolean any = false;
        for (String directory : DIRECTORIES) {
            Fact<List<String>> names = root.names(directory);
            any |= names.value().isPresent();
            for (String name : names.value().orElse(List.of())) {
                String path = directory + "/" + name;
                if (name.endsWith(".conf")) {
                    root.text(path, HostRoot.MAX_TEXT, VfioFiles::relevant)
                            .value()
                            .ifPresent(text ->
                                    text.lines().forEach(line -> found.add(path + ": " + line)));
                }
            }
        }
        String source = DIRECTORIES.getFirst();
        return any
                ? new Fact.Known<>(List.copyOf(found), source)
                : new Fact.Unknown<>(source, HostRoot.MISSING);
    }

    /// The lines of a file that matter here, without identifiers. A line that ends with a backslash
    /// goes on in the next one.
    static String relevant(String text) {
        StringBuilder kept = new StringBuilder();
        for (String line : text.replace("\\\n", " ").split("\n", -1)) {
            String command = BLANKS.matcher(line.strip()).replaceAll(" ");
            if (RELEVANT.matcher(command).matches()) {
                kept.append(Identifiers.removed(command)).append('\n');
            }
        }
        return kept.toString();
    }

    /// The directory is missing until the module vfio is loaded.
    private Fact<List<String>> nodes() {
        Fact<List<String>> names = root.listing(NODES);
        if (names.value().isEmpty() && !root.exists(NODES) && root.isLive()) {
            root.copy().directory(NODES);
            return new Fact.Known<>(List.of(), NODES);
        }
        return names;
    }
}
