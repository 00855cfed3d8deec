package igdrom.host;

import java.util.Locale;
import java.util.Optional;

/// What starts the kernel and keeps its command line.
public enum BootLoader {
    /// `/etc/default/grub`, `update-grub` or `grub2-mkconfig`.
    GRUB,
    /// `/etc/kernel/cmdline` or entries below `loader/entries`.
    SYSTEMD_BOOT,
    /// `/etc/kernel/cmdline` and `proxmox-boot-tool refresh`.
    PROXMOX_BOOT_TOOL,
    /// `/boot/loader.conf` of FreeBSD.
    FREEBSD_LOADER,
    OTHER;

    /// The boot loader that leaves such a command line, where that shows it: GRUB and Syslinux add
    /// BOOT_IMAGE, the loader of systemd the path of the initrd with backslashes.
    ///
    /// Observed: `BOOT_IMAGE=/boot/vmlinuz-6.8.12-1-pve`, `BOOT_IMAGE=(hd0,gpt2)/vmlinuz-6.11` by
    /// GRUB; `BOOT_IMAGE=/bzimage` by the Syslinux of Unraid;
    /// `initrd=\EFI\proxmox\6.8.12-1-pve\initrd.img-6.8.12-1-pve` by Proxmox.
    public static Optional<BootLoader> leaving(String commandLine) {
        String line = commandLine.toLowerCase(Locale.ROOT);
        if (line.contains("initrd=\\efi\\proxmox\\")) {
            return Optional.of(PROXMOX_BOOT_TOOL);
        }
        if (line.contains("initrd=\\")) {
            return Optional.of(SYSTEMD_BOOT);
        }
        if (!line.startsWith("boot_image=")) {
            return Optional.empty();
        }
        return Optional.of(line.startsWith("boot_image=/bzimage") ? OTHER : GRUB);
    }
}
