package igdrom.bench.setup;

import igdrom.bench.debian.Relation;
import java.util.List;
import java.util.Locale;

/// What can be fetched: from which packages, and which of their files are kept.
public enum Component {
    /// The program, its loader and libraries, and the ROMs that a guest with OVMF is given.
    QEMU {
        @Override
        boolean wants(String path) {
            if (path.startsWith(LIBRARIES)) {
                String name = path.substring(LIBRARIES.length());
                return name.indexOf('/') < 0
                        ? name.contains(".so.") || name.endsWith(".so")
                        : name.startsWith("qemu/accel-") && name.endsWith(".so");
            }
            return path.equals("usr/bin/qemu-system-x86_64")
                    || path.startsWith("usr/share/seabios/")
                    || (path.startsWith(ROMS) && isRom(path.substring(ROMS.length())));
        }
    },
    OVMF {
        @Override
        boolean wants(String path) {
            return path.equals("usr/share/OVMF/OVMF_CODE_4M.fd")
                    || path.equals("usr/share/OVMF/OVMF_VARS_4M.fd");
        }
    },
    /// A kernel with its graphics drivers, and a shell.
    LINUX {
        @Override
        boolean wants(String path) {
            return path.startsWith("boot/vmlinuz-")
                    || path.equals("usr/bin/busybox")
                    || (path.startsWith("usr/lib/modules/") && isModule(path));
        }
    };

    /// For all files of one part. Seen: 62, 4 and 26 MB.
    static final long MOST_BYTES = 400_000_000;

    private static final String LIBRARIES = "usr/lib/x86_64-linux-gnu/";
    private static final String ROMS = "usr/share/qemu/";

    abstract boolean wants(String path);

    /// Packages whose needs are fetched with them.
    List<Relation> withLibraries() {
        return switch (this) {
            case QEMU -> List.of(Relation.atLeast("qemu-system-x86", "1:" + Tools.FIRST_VERSION));
            case OVMF -> List.of();
            case LINUX -> List.of(Relation.any("linux-image-amd64"));
        };
    }

    /// Packages that are fetched for some of their files.
    List<String> alone() {
        return switch (this) {
            case QEMU -> List.of("qemu-system-common", "qemu-system-data", "seabios");
            case OVMF -> List.of("ovmf");
            case LINUX -> List.of("busybox-static");
        };
    }

    /// What its folder is called.
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static boolean isRom(String name) {
        return name.equals("kvmvapic.bin")
                || name.equals("pvh.bin")
                || name.startsWith("linuxboot")
                || name.startsWith("multiboot");
    }

    /// i915 and what it needs, and what shows the firmware's variables.
    ///
    /// Observed: the `depends` of the modules of Linux 6.12 in Debian 13.
    private static boolean isModule(String path) {
        int at = path.indexOf("/kernel/");
        int end = path.indexOf(".ko");
        if (at < 0 || end < at) {
            return false;
        }
        String inside = path.substring(at + "/kernel/".length(), end);
        return inside.startsWith("drivers/gpu/drm/drm")
                || switch (inside) {
                    case "drivers/gpu/drm/i915/i915",
                            "drivers/gpu/drm/display/drm_display_helper",
                            "drivers/gpu/drm/ttm/ttm",
                            "drivers/media/cec/core/cec",
                            "drivers/media/rc/rc-core",
                            "drivers/acpi/video",
                            "drivers/platform/x86/wmi",
                            "drivers/i2c/algos/i2c-algo-bit",
                            "fs/efivarfs/efivarfs" ->
                            true;
                    default -> false;
                };
    }
}
