package igdrom.host.linux;

import igdrom.bytes.Image;
import igdrom.host.BootLoader;
import igdrom.host.Fact;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What started the kernel: what the loader says about itself, what it left on the command line,
/// else what is installed.
///
/// Source: systemd, "The Boot Loader Interface"; Proxmox VE Administration Guide, "Host
/// Bootloader".
record BootLoaderFiles(HostRoot root) {
    private static final String LOADER_INFO =
            "/sys/firmware/efi/efivars/LoaderInfo-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f";
    private static final String PROXMOX = "/etc/kernel/proxmox-boot-uuids";
    private static final List<String> GRUB =
            List.of("/boot/grub/grub.cfg", "/boot/grub2/grub.cfg", "/etc/default/grub");
    private static final List<String> SYSTEMD_BOOT =
            List.of(
                    "/boot/loader/loader.conf",
                    "/efi/loader/loader.conf",
                    "/boot/efi/loader/loader.conf");

    private static final Pattern PRINTABLE = Pattern.compile("[ -~]{1,100}");
    private static final int ATTRIBUTES_SIZE = 4;
    private static final int MAX_VARIABLE = 1 << 10;

    Fact<BootLoader> bootLoader(Fact<String> commandLine, Fact<Boolean> uefi) {
        Fact<BootLoader> started = named().or(commandLine(commandLine));
        return started.value().isPresent() ? started : installed(uefi);
    }

    /// The loader's own name in an EFI variable: `systemd-boot 257.8-1`, `GRUB 2.12`.
    private Fact<BootLoader> named() {
        return switch (root.bytes(LOADER_INFO, MAX_VARIABLE)) {
            case Fact.Unknown<Image>(String source, String reason) ->
                    new Fact.Unknown<>(source, reason);
            case Fact.Known<Image>(Image image, String source) -> {
                String name =
                        image.from(Math.min(image.size(), ATTRIBUTES_SIZE))
                                .utf16()
                                .toLowerCase(Locale.ROOT);
                if (!PRINTABLE.matcher(name).matches()) {
                    yield new Fact.Unknown<>(source, "is not the name of a boot loader");
                }
                if (name.startsWith("grub")) {
                    yield new Fact.Known<>(BootLoader.GRUB, source);
                }
                yield new Fact.Known<>(
                        name.startsWith("systemd-boot") ? systemdBoot() : BootLoader.OTHER, source);
            }
        };
    }

    private BootLoader systemdBoot() {
        return root.exists(PROXMOX) ? BootLoader.PROXMOX_BOOT_TOOL : BootLoader.SYSTEMD_BOOT;
    }

    private Fact<BootLoader> commandLine(Fact<String> commandLine) {
        return switch (commandLine) {
            case Fact.Unknown<String>(String source, String reason) ->
                    new Fact.Unknown<>(source, reason);
            case Fact.Known<String>(String known, String source) -> {
                Optional<BootLoader> loader = BootLoader.leaving(known);
                yield loader.isPresent()
                        ? new Fact.Known<>(loader.get(), source)
                        : new Fact.Unknown<>(source, "does not show the boot loader");
            }
        };
    }

    /// A legacy BIOS cannot start the loader of systemd.
    private Fact<BootLoader> installed(Fact<Boolean> uefi) {
        if (uefi.value().orElse(true)) {
            for (String path : SYSTEMD_BOOT) {
                if (root.exists(path)) {
                    return new Fact.Known<>(systemdBoot(), path);
                }
            }
        }
        for (String path : GRUB) {
            if (root.exists(path)) {
                return new Fact.Known<>(BootLoader.GRUB, path);
            }
        }
        return new Fact.Unknown<>(GRUB.getFirst(), "no boot loader that igdrom knows was found");
    }
}
