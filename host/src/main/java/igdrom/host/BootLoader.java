package igdrom.host;

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
    OTHER
}
