package igdrom.bench.setup;

import igdrom.fetch.ArchiveException;
import igdrom.fetch.DebPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Checks that an extracted component is usable.
final class ComponentCheck {
    private ComponentCheck() {}

    /// The version of a component.
    ///
    /// @throws ArchiveException when files are missing or QEMU does not run
    static String version(Component component, Path directory, List<DebPackage> packages)
            throws IOException {
        return switch (component) {
            case QEMU -> ofQemu(directory);
            case OVMF -> {
                if (Ovmf.in(directory, "").isEmpty()) {
                    throw new ArchiveException("package ovmf lacks the expected files");
                }
                yield ofPackage(packages, "ovmf");
            }
            case FIRMWARE -> {
                if (OvmfBuilds.in(directory).isEmpty()) {
                    throw new ArchiveException("package ovmf-generic lacks the expected files");
                }
                yield ofPackage(packages, "ovmf-generic");
            }
            case LINUX -> {
                if (Kernel.in(directory, "").isEmpty()) {
                    throw new ArchiveException("the kernel's packages lack the expected files");
                }
                yield ofPackage(packages, "linux-image-amd64");
            }
        };
    }

    /// Runs QEMU, which also shows that all its libraries were fetched.
    private static String ofQemu(Path directory) throws IOException {
        try {
            return QemuProbe.version(Qemu.in(directory, "", ""));
        } catch (QemuProbe.UnfitException e) {
            throw new ArchiveException("the fetched QEMU " + e.reason());
        }
    }

    private static String ofPackage(List<DebPackage> packages, String name) {
        for (DebPackage deb : packages) {
            if (deb.name().equals(name)) {
                return deb.version().text();
            }
        }
        return "unknown";
    }
}
