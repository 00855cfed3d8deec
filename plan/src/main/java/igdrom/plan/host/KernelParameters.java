package igdrom.plan.host;

import igdrom.host.BootLoader;
import java.util.List;
import java.util.Set;

/// How parameters of the kernel are changed with the boot loader and the distribution of a host.
final class KernelParameters {
    private static final Set<String> GRUBBY =
            Set.of("fedora", "rhel", "centos", "almalinux", "rocky", "ol");
    private static final Set<String> UPDATE_GRUB =
            Set.of("debian", "ubuntu", "linuxmint", "pop", "raspbian", "kali", "proxmox");
    private static final Set<String> GRUB2 =
            Set.of("opensuse-leap", "opensuse-tumbleweed", "sles", "mageia");

    private final Host host;

    KernelParameters(Host host) {
        this.host = host;
    }

    /// Adds parameters.
    Fix add(String parameters) {
        return change("add " + parameters + " to", parameters, true);
    }

    /// Removes parameters.
    Fix remove(String parameters) {
        return change("remove " + parameters + " from", parameters, false);
    }

    private Fix change(String verb, String parameters, boolean adds) {
        String distribution = host.facts().machine().distribution().value().orElse("");
        BootLoader loader = host.facts().machine().bootLoader().value().orElse(null);
        if (distribution.equals("nixos")) {
            return Fix.Do.of(
                    verb + " boot.kernelParams in /etc/nixos/configuration.nix, then reboot",
                    "sudo nixos-rebuild boot");
        }
        if (distribution.equals("unraid")) {
            return Fix.Do.of(verb + " the line append in /boot/syslinux/syslinux.cfg, then reboot");
        }
        if (loader == null || loader == BootLoader.OTHER) {
            return Fix.Do.of(verb + " the kernel command line of the boot loader, then reboot");
        }
        return switch (loader) {
            case PROXMOX_BOOT_TOOL ->
                    Fix.Do.of(
                            verb + " the one line of /etc/kernel/cmdline, then reboot",
                            root("proxmox-boot-tool refresh"));
            case GRUB -> grub(verb, parameters, adds, distribution);
            case SYSTEMD_BOOT -> systemdBoot(verb, parameters, adds, distribution);
            case FREEBSD_LOADER -> Fix.Do.of(verb + " /boot/loader.conf, then reboot");
            case OTHER -> throw new IllegalStateException();
        };
    }

    private Fix grub(String verb, String parameters, boolean adds, String distribution) {
        if (GRUBBY.contains(distribution)) {
            return grubby(verb, parameters, adds);
        }
        String text = verb + " GRUB_CMDLINE_LINUX_DEFAULT in /etc/default/grub, then reboot";
        if (host.isProxmox() || UPDATE_GRUB.contains(distribution)) {
            return Fix.Do.of(text, root("update-grub"));
        }
        return GRUB2.contains(distribution)
                ? Fix.Do.of(text, "sudo grub2-mkconfig -o /boot/grub2/grub.cfg")
                : Fix.Do.of(text, "sudo grub-mkconfig -o /boot/grub/grub.cfg");
    }

    private static Fix systemdBoot(
            String verb, String parameters, boolean adds, String distribution) {
        if (distribution.equals("pop")) {
            return Fix.Do.of(
                    verb + " the kernel command line, then reboot",
                    "sudo kernelstub " + (adds ? "-a" : "-d") + " \"" + parameters + "\"");
        }
        if (GRUBBY.contains(distribution)) {
            return grubby(verb, parameters, adds);
        }
        return Fix.Do.of(
                verb
                        + " the line options of the entry in /boot/loader/entries (and"
                        + " /etc/kernel/cmdline, if there is one, for later kernels), then reboot");
    }

    private static Fix grubby(String verb, String parameters, boolean adds) {
        return Fix.Do.of(
                verb + " the kernel command line, then reboot",
                "sudo grubby --update-kernel=ALL "
                        + (adds ? "--args" : "--remove-args")
                        + "=\""
                        + parameters
                        + "\"");
    }

    /// On Proxmox VE people work as root, and sudo is not installed.
    private String root(String command) {
        return host.isProxmox() ? command : "sudo " + command;
    }

    /// What makes the initial RAM disk again after a change of `/etc/modprobe.d`.
    List<String> rebuildInitramfs() {
        String distribution = host.facts().machine().distribution().value().orElse("");
        if (host.isProxmox() || UPDATE_GRUB.contains(distribution)) {
            return List.of(root("update-initramfs -u -k all"));
        }
        if (GRUBBY.contains(distribution) || GRUB2.contains(distribution)) {
            return List.of("sudo dracut -f --regenerate-all");
        }
        return distribution.equals("arch") ? List.of("sudo mkinitcpio -P") : List.of();
    }
}
