package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Plays the boot loader: reads the first entry of a disk's grub.cfg, as GRUB does, and takes
/// kernel and initial RAM disk from the disk. Before the first `update-grub` there is no such file,
/// and the kernel is started as an installer leaves it.
///
/// Spec: GRUB manual, "The configuration file".
record BootMenu(Path kernel, Path initrd, String parameters) {
    private static final Pattern LINUX =
            Pattern.compile("(?m)^\\s+linux\\s+(/boot/vmlinuz-\\S+)\\s+(.*)$");
    private static final Pattern INITRD = Pattern.compile("(?m)^\\s+initrd\\s+(/boot/initrd\\S+)");
    private static final Pattern DEFAULT =
            Pattern.compile("(?m)^GRUB_CMDLINE_LINUX_DEFAULT=\"(.*)\"");

    /// What the owner changes.
    static final String SETTINGS = "/etc/default/grub";

    private static final String KERNEL = "vmlinuz-";

    /// @param work a directory for kernel and initial RAM disk
    static BootMenu read(HostDisk disk, Path work) throws IOException, InterruptedException {
        String menu = disk.text("/boot/grub/grub.cfg", work);
        Matcher linux = LINUX.matcher(menu);
        Matcher initrd = INITRD.matcher(menu);
        if (linux.find() && initrd.find(linux.end())) {
            return of(disk, work, linux.group(1), initrd.group(1), linux.group(2).strip());
        }
        String version =
                disk.list("/boot").stream()
                        .filter(name -> name.startsWith(KERNEL))
                        .findFirst()
                        .orElseThrow()
                        .substring(KERNEL.length());
        Matcher parameters = DEFAULT.matcher(disk.text(SETTINGS, work));
        assertThat(parameters.find()).isTrue();
        return of(
                disk,
                work,
                "/boot/" + KERNEL + version,
                "/boot/initrd.img-" + version,
                "root=/dev/vda ro " + parameters.group(1));
    }

    private static BootMenu of(
            HostDisk disk, Path work, String kernel, String initrd, String parameters)
            throws IOException, InterruptedException {
        return new BootMenu(
                disk.copy(kernel, work.resolve("vmlinuz")),
                disk.copy(initrd, work.resolve("initrd")),
                "BOOT_IMAGE=" + kernel + " " + parameters);
    }
}
