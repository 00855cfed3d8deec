package igdrom.bench.setup;

import igdrom.fetch.Bundle;
import igdrom.fetch.Relation;
import java.util.List;
import java.util.Locale;

/// Something a guest needs that can be fetched from Debian's archive.
public enum Component {
    /// The program, its loader and libraries, and the option ROMs that a guest with OVMF needs.
    QEMU,
    OVMF,
    /// A kernel with its graphics drivers, vfio-pci and KVM, and a shell.
    LINUX,
    /// Newer builds of OVMF, which igdrom's own tests boot.
    FIRMWARE;

    /// Debian's stable release, and the suite with newer programs for it.
    static final List<String> STABLE = List.of("trixie", "trixie-backports");

    /// The release after it.
    static final List<String> NEXT = List.of("forky");

    /// Limit for the extracted files of a component. Observed: 62, 4, 26 and 13 MB.
    private static final long MAX_BYTES = 400_000_000;

    private static final String LIBRARIES = "usr/lib/x86_64-linux-gnu/";
    private static final String ROMS = "usr/share/qemu/";

    /// The name of its bundle.
    String bundleName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Where its packages are.
    List<String> suites() {
        return switch (this) {
            case QEMU, OVMF, LINUX -> STABLE;
            case FIRMWARE -> NEXT;
        };
    }

    /// The packages it comes from, and the files to keep.
    Bundle bundle() {
        return new Bundle(
                bundleName(),
                switch (this) {
                    case QEMU ->
                            List.of(
                                    Relation.atLeast(
                                            "qemu-system-x86", "1:" + Tools.MIN_QEMU_VERSION));
                    case OVMF, FIRMWARE -> List.of();
                    case LINUX -> List.of(Relation.any("linux-image-amd64"));
                },
                switch (this) {
                    case QEMU -> List.of("qemu-system-common", "qemu-system-data", "seabios");
                    case OVMF -> List.of("ovmf");
                    case LINUX -> List.of("busybox-static");
                    case FIRMWARE -> List.of("ovmf-generic");
                },
                this::needsFile,
                MAX_BYTES,
                (directory, packages) -> ComponentCheck.version(this, directory, packages));
    }

    private boolean needsFile(String path) {
        return switch (this) {
            case QEMU ->
                    path.equals("usr/bin/qemu-system-x86_64")
                            || path.startsWith("usr/share/seabios/")
                            || (path.startsWith(ROMS) && isRom(path.substring(ROMS.length())))
                            || (path.startsWith(LIBRARIES)
                                    && isLibrary(path.substring(LIBRARIES.length())));
            case OVMF ->
                    path.equals("usr/share/OVMF/OVMF_CODE_4M.fd")
                            || path.equals("usr/share/OVMF/OVMF_VARS_4M.fd");
            case FIRMWARE -> path.startsWith("usr/share/OVMF/") && path.endsWith(".fd");
            case LINUX ->
                    path.startsWith("boot/vmlinuz-")
                            || path.equals("usr/bin/busybox")
                            || (path.startsWith("usr/lib/modules/") && isModule(path));
        };
    }

    private static boolean isLibrary(String name) {
        return name.indexOf('/') < 0
                ? name.contains(".so.") || name.endsWith(".so")
                : name.startsWith("qemu/accel-") && name.endsWith(".so");
    }

    private static boolean isRom(String name) {
        return name.equals("kvmvapic.bin")
                || name.equals("pvh.bin")
                || name.startsWith("linuxboot")
                || name.startsWith("multiboot");
    }

    /// Whether a path is i915, vfio-pci, kvm-amd, a module they depend on, virtio-iommu, or
    /// efivarfs.
    ///
    /// Observed: the `depends` of the modules of Linux 6.12 in Debian 13.
    private static boolean isModule(String path) {
        int kernel = path.indexOf("/kernel/");
        int end = path.indexOf(".ko");
        if (kernel < 0 || end < kernel) {
            return false;
        }
        String module = path.substring(kernel + "/kernel/".length(), end);
        return module.startsWith("drivers/gpu/drm/drm")
                || switch (module) {
                    case "arch/x86/kvm/kvm",
                            "arch/x86/kvm/kvm-amd",
                            "drivers/crypto/ccp/ccp",
                            "drivers/gpu/drm/i915/i915",
                            "drivers/gpu/drm/display/drm_display_helper",
                            "drivers/gpu/drm/ttm/ttm",
                            "drivers/media/cec/core/cec",
                            "drivers/media/rc/rc-core",
                            "drivers/acpi/video",
                            "drivers/platform/x86/wmi",
                            "drivers/i2c/algos/i2c-algo-bit",
                            "drivers/iommu/virtio-iommu",
                            "drivers/vfio/pci/vfio-pci",
                            "drivers/vfio/pci/vfio-pci-core",
                            "drivers/vfio/vfio",
                            "drivers/vfio/vfio_iommu_type1",
                            "fs/efivarfs/efivarfs",
                            "virt/lib/irqbypass" ->
                            true;
                    default -> false;
                };
    }
}
