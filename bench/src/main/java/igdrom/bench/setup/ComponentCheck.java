package igdrom.bench.setup;

import igdrom.bench.debian.ArchiveException;
import igdrom.bench.debian.DebPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Whether what was unpacked does what it is for.
final class ComponentCheck {
    private ComponentCheck() {}

    /// Its version.
    static String check(Component part, Path folder, List<DebPackage> packages) throws IOException {
        return switch (part) {
            case QEMU -> qemu(folder);
            case OVMF -> {
                if (Ovmf.in(folder, "").isEmpty()) {
                    throw new ArchiveException(
                            "the package ovmf does not have the files it should");
                }
                yield version(packages, "ovmf");
            }
            case LINUX -> {
                if (Kernel.in(folder, "").isEmpty()) {
                    throw new ArchiveException(
                            "the kernel's packages do not have the files they should");
                }
                yield version(packages, "linux-image-amd64");
            }
        };
    }

    /// It is asked itself: that also shows that all its libraries are there.
    private static String qemu(Path folder) throws IOException {
        try {
            return QemuProbe.version(Qemu.in(folder, "", ""));
        } catch (QemuProbe.UnfitException e) {
            throw new ArchiveException("the fetched QEMU " + e.reason());
        }
    }

    private static String version(List<DebPackage> packages, String name) {
        for (DebPackage one : packages) {
            if (one.name().equals(name)) {
                return one.version().text();
            }
        }
        return "unknown";
    }
}
