package igdrom.bench.setup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A Linux kernel to start in a guest, and the files for its initramfs.
///
/// @param image the kernel
/// @param modules the directory `kernel` of its modules; only the graphics drivers, vfio-pci, KVM,
///   and their dependencies are kept
/// @param busybox a statically linked shell with the usual commands
/// @param origin where it comes from, for messages
public record Kernel(Path image, Path modules, Path busybox, String origin) {
    /// Whether it has what a host needs to hand a device to a guest. A kernel that an earlier
    /// version of igdrom fetched has not.
    public boolean canBeHost() {
        return has("drivers/vfio/pci/vfio-pci");
    }

    /// Whether such a host can also run its guest on KVM, when its processor has SVM.
    public boolean canRunKvm() {
        return canBeHost() && has("arch/x86/kvm/kvm-amd");
    }

    private boolean has(String module) {
        return Files.exists(modules.resolve(module + ".ko.xz"))
                || Files.exists(modules.resolve(module + ".ko"));
    }

    /// The kernels in a bundle that [Setup] fetched; at most one.
    static List<Kernel> in(Path directory, String origin) throws IOException {
        List<Kernel> found = new ArrayList<>();
        Path busybox = directory.resolve("usr/bin/busybox");
        Path boot = directory.resolve("boot");
        if (!Files.isExecutable(busybox) || !Files.isDirectory(boot)) {
            return found;
        }
        try (DirectoryStream<Path> images = Files.newDirectoryStream(boot, "vmlinuz-*")) {
            for (Path image : images) {
                String name = String.valueOf(image.getFileName());
                Path modules =
                        directory
                                .resolve("usr/lib/modules")
                                .resolve(name.substring("vmlinuz-".length()))
                                .resolve("kernel");
                if (Files.isDirectory(modules)) {
                    found.add(new Kernel(image, modules, busybox, origin));
                }
            }
        }
        return found;
    }
}
