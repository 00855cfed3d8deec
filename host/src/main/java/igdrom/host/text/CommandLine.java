package igdrom.host.text;

import igdrom.host.BootLoader;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A kernel's command line.
final class CommandLine {
    private static final Pattern IDENTIFIER =
            Pattern.compile("((?:UUID|LABEL|uuid|label)=)[^\\s,:]+");

    private CommandLine() {}

    /// The line without names of disks.
    static String withoutIdentifiers(String line) {
        return IDENTIFIER.matcher(line).replaceAll("$1removed");
    }

    /// The boot loader that leaves such a line.
    ///
    /// Observed: GRUB adds BOOT_IMAGE; the loader of systemd passes the initrd as an EFI path;
    /// proxmox-boot-tool keeps it below `\EFI\proxmox`.
    static Optional<BootLoader> bootLoader(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        if (lower.contains("initrd=\\efi\\proxmox\\")) {
            return Optional.of(BootLoader.PROXMOX_BOOT_TOOL);
        }
        if (line.startsWith("BOOT_IMAGE=")) {
            return Optional.of(BootLoader.GRUB);
        }
        return lower.startsWith("initrd=\\")
                ? Optional.of(BootLoader.SYSTEMD_BOOT)
                : Optional.empty();
    }
}
