package igdrom.bench.setup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A Linux kernel to start in a guest, and what an initramfs needs.
///
/// @param image the kernel
/// @param modules the folder `kernel` of its modules, of which graphics and what that needs are
///   kept
/// @param busybox a shell and its commands in one program without libraries
public record Kernel(Path image, Path modules, Path busybox, String origin) {
    /// What [Setup] unpacked, or none.
    static List<Kernel> in(Path folder, String origin) throws IOException {
        List<Kernel> found = new ArrayList<>();
        Path busybox = folder.resolve("usr/bin/busybox");
        Path boot = folder.resolve("boot");
        if (!Files.isExecutable(busybox) || !Files.isDirectory(boot)) {
            return found;
        }
        try (DirectoryStream<Path> images = Files.newDirectoryStream(boot, "vmlinuz-*")) {
            for (Path image : images) {
                String name = String.valueOf(image.getFileName());
                Path modules =
                        folder.resolve("usr/lib/modules")
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
