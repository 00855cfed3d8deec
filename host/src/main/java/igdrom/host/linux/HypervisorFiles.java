package igdrom.host.linux;

import igdrom.bytes.Image;
import igdrom.host.Fact;
import igdrom.host.Hypervisors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
        return new Hypervisors(qemu(), libvirt(), proxmox(), ovmf());
    }

    /// The first one that a shell would find.
    private Fact<Optional<String>> qemu() {
        for (String path : QEMU) {
            if (root.exists(path)) {
                return versionOf(root.bytes(path, MAX_QEMU, HypervisorFiles::versionText));
            }
        }
        return none(QEMU.get(1));
    }

    /// `QEMU emulator version 10.0.13 (Debian …)`, all that is kept of the program.
    static Image versionText(Image program) {
        long at = program.indexOf(QEMU_TEXT, 0);
        if (at < 0) {
            return Image.EMPTY;
        }
        return program.slice(at, Math.min(MAX_VERSION, program.size() - at)).detached();
    }

    static Fact<Optional<String>> versionOf(Fact<Image> text) {
        return switch (text) {
            case Fact.Unknown<Image>(String source, String reason) ->
                    new Fact.Unknown<>(
                            source,
                            reason.equals(HostRoot.EMPTY) ? "has no version of QEMU" : reason);
            case Fact.Known<Image>(Image image, String source) -> {
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
