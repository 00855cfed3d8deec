package igdrom.host.linux;

import igdrom.bytes.Image;
import igdrom.host.Fact;
import igdrom.host.Hypervisors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Versions of hypervisors, out of the installed files themselves: databases of packages differ
/// between distributions, and miss what was built from source.
record HypervisorFiles(HostRoot root) {
    /// Where distributions and builds from source put QEMU.
    private static final List<String> QEMU =
            List.of(
                    "/usr/local/bin/qemu-system-x86_64",
                    "/usr/bin/qemu-system-x86_64",
                    "/usr/bin/kvm",
                    "/usr/libexec/qemu-kvm",
                    "/run/current-system/sw/bin/qemu-system-x86_64");

    private static final int MAX_QEMU = 128 << 20;

    /// Source: QEMU, system/vl.c, `version`, whose text is one literal.
    private static final Image QEMU_TEXT = Image.ofAscii("QEMU emulator version ");

    private static final int MAX_VERSION = 64;
    private static final Image END = Image.ofHex("00");

    /// Source: QEMU, hw/vfio/pci.c and hw/vfio/igd.c.
    private static final Image IGD = Image.ofAscii("igd-");

    private static final Pattern IGD_NAME = Pattern.compile("\\x00((?:x-|etc/)igd-[a-z-]+)$");

    /// The zero that ends the text before, and `etc/`.
    private static final int MAX_PREFIX = 5;

    private static final Pattern VERSION =
            Pattern.compile("([0-9]+(?:\\.[0-9]+)+).*", Pattern.DOTALL);

    private static final String LIBVIRT = "libvirt.so.0";
    private static final List<String> LIBRARIES =
            List.of("/usr/lib/x86_64-linux-gnu/", "/usr/lib64/", "/usr/lib/", "/usr/local/lib64/");

    /// Source: libvirt, src/meson.build: 1000 times the major version plus the minor one, then the
    /// micro version.
    private static final Pattern LIBVIRT_NAME =
            Pattern.compile("libvirt\\.so\\.0\\.([0-9]{1,6})\\.([0-9]{1,4})");

    private static final String PROXMOX = "/usr/share/perl5/PVE/pvecfg.pm";
    private static final Pattern PROXMOX_VERSION =
            Pattern.compile("sub version \\{\\s*return '([0-9][0-9A-Za-z.~-]*)'");

    private static final List<String> OVMF =
            List.of(
                    "/usr/share/OVMF",
                    "/usr/share/edk2/ovmf",
                    "/usr/share/edk2/x64",
                    "/usr/share/edk2-ovmf/x64",
                    "/usr/share/ovmf/x64",
                    "/usr/share/pve-edk2-firmware",
                    "/usr/share/qemu");

    private static final Pattern OVMF_CODE =
            Pattern.compile("(?:ovmf|edk2)[-_0-9a-z.]*code[-_0-9a-z.]*\\.(?:fd|bin|qcow2)");

    Hypervisors hypervisors() {
        Fact<Image> qemu = qemu();
        return new Hypervisors(versionOf(qemu), igdNames(qemu), libvirt(), proxmox(), ovmf());
    }

    /// The first one that a shell would find.
    private Fact<Image> qemu() {
        for (String path : QEMU) {
            if (root.exists(path)) {
                return root.bytes(path, MAX_QEMU, HypervisorFiles::texts);
            }
        }
        return root.exists("/usr")
                ? new Fact.Known<>(Image.EMPTY, QEMU.get(1))
                : new Fact.Unknown<>(QEMU.get(1), HostRoot.MISSING);
    }

    /// All that is kept of the program: `QEMU emulator version 10.0.13 (Debian …)`, and the names
    /// that its support for Intel's graphics has.
    static Image texts(Image program) {
        long at = program.indexOf(QEMU_TEXT, 0);
        if (at < 0) {
            return Image.EMPTY;
        }
        Image text = program.slice(at, Math.min(MAX_VERSION, program.size() - at));
        long end = text.indexOf(0, 0);
        Image version = text.slice(0, end < 0 ? text.size() : end).detached();
        List<Image> parts = new ArrayList<>(List.of(version, END));
        for (String name : namesIn(program)) {
            parts.add(Image.ofAscii(name));
            parts.add(END);
        }
        return Image.join(parts);
    }

    /// The names of properties and fw_cfg files that have `igd-` in them. QEMU built without
    /// support for Intel's graphics has the properties, but not the files.
    private static Set<String> namesIn(Image program) {
        Set<String> names = new TreeSet<>();
        long at = program.indexOf(IGD, 0);
        while (at >= 0) {
            long start = Math.max(0, at - MAX_PREFIX);
            long end = program.indexOf(0, at);
            if (end > at && end - start <= MAX_VERSION) {
                String text = program.slice(start, end - start).latin1();
                Matcher name = IGD_NAME.matcher(text);
                if (name.find()) {
                    names.add(name.group(1));
                }
            }
            at = program.indexOf(IGD, at + 1);
        }
        return names;
    }

    /// Empty where QEMU is not installed. A program without any of the names is unknown: what older
    /// releases recorded of it has none.
    static Fact<List<String>> igdNames(Fact<Image> texts) {
        if (!(texts instanceof Fact.Known<Image>(Image image, String source))) {
            return texts.map(_ -> List.of());
        }
        List<String> names = List.copyOf(namesIn(image));
        return image.isEmpty() || !names.isEmpty()
                ? new Fact.Known<>(names, source)
                : new Fact.Unknown<>(source, "has no names of options for Intel's graphics");
    }

    static Fact<Optional<String>> versionOf(Fact<Image> text) {
        return switch (text) {
            case Fact.Unknown<Image>(String source, String reason) ->
                    new Fact.Unknown<>(
                            source,
                            reason.equals(HostRoot.EMPTY) ? "has no version of QEMU" : reason);
            case Fact.Known<Image>(Image image, String source) -> {
                if (image.isEmpty()) {
                    yield new Fact.Known<>(Optional.empty(), source);
                }
                Matcher matcher = VERSION.matcher(image.from(QEMU_TEXT.size()).latin1());
                yield matcher.matches()
                        ? new Fact.Known<>(Optional.of(matcher.group(1)), source)
                        : new Fact.Unknown<>(source, "has no version of QEMU");
            }
        };
    }

    private Fact<Optional<String>> libvirt() {
        for (String directory : LIBRARIES) {
            String path = directory + LIBVIRT;
            Fact<Optional<String>> link = root.link(path);
            if (link.value().isEmpty() && root.exists(directory)) {
                return link;
            }
            String name = link.value().flatMap(target -> target).orElse("");
            if (!name.isEmpty()) {
                Optional<String> version = parseLibvirt(name);
                return version.isPresent()
                        ? new Fact.Known<>(version, path)
                        : new Fact.Unknown<>(path, "has no version: " + Numbers.excerpt(name));
            }
        }
        return none(LIBRARIES.getFirst() + LIBVIRT);
    }

    /// `11.3.0` of `libvirt.so.0.11003.0`.
    static Optional<String> parseLibvirt(String name) {
        Matcher matcher = LIBVIRT_NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(matcher.group(1));
        return Optional.of("%d.%d.%s".formatted(number / 1000, number % 1000, matcher.group(2)));
    }

    private Fact<Optional<String>> proxmox() {
        return switch (root.text(PROXMOX)) {
            case Fact.Unknown<String>(String source, String reason) ->
                    reason.equals(HostRoot.MISSING)
                            ? none(PROXMOX)
                            : new Fact.Unknown<>(source, reason);
            case Fact.Known<String>(String text, String source) -> {
                Matcher matcher = PROXMOX_VERSION.matcher(text);
                yield matcher.find()
                        ? new Fact.Known<>(Optional.of(matcher.group(1)), source)
                        : new Fact.Unknown<>(source, "has no version");
            }
        };
    }

    private Fact<List<String>> ovmf() {
        List<String> images = new ArrayList<>();
        for (String directory : OVMF) {
            for (String name : root.namesIn(directory)) {
                String path = directory + "/" + name;
                if (OVMF_CODE.matcher(name.toLowerCase(Locale.ROOT)).matches()
                        && root.exists(path)) {
                    images.add(path);
                }
            }
        }
        return root.exists("/usr/share") || !images.isEmpty()
                ? new Fact.Known<>(List.copyOf(images), OVMF.getFirst())
                : new Fact.Unknown<>(OVMF.getFirst(), HostRoot.MISSING);
    }

    /// Not installed, in a tree that has other files of the system.
    private <T> Fact<Optional<T>> none(String path) {
        return root.exists("/usr")
                ? new Fact.Known<>(Optional.empty(), path)
                : new Fact.Unknown<>(path, HostRoot.MISSING);
    }
}
