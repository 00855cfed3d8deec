package igdrom.bench.setup;

import igdrom.fetch.testing.TestArchive;
import igdrom.fetch.testing.TestPackage;
import java.io.IOException;

/// An archive with the files of QEMU and OVMF that matter to a test; its QEMU is a shell script.
final class QemuArchive {
    private static final String LIBRARIES = "./usr/lib/x86_64-linux-gnu/";

    private QemuArchive() {}

    /// @param version as printed by QEMU
    static TestArchive withQemu(String version) throws IOException {
        String stable = "trixie";
        String backports = "trixie-backports";
        return new TestArchive()
                .add(stable, "qemu-system-x86", "1:10.0", "otherosfs", "", new TestPackage())
                .add(stable, "qemu-system-common", "1:10.0", "otherosfs", "", new TestPackage())
                .add(stable, "qemu-system-data", "1:10.0", "otherosfs", "", new TestPackage())
                .add(
                        stable,
                        "seabios",
                        "1",
                        "misc",
                        "",
                        new TestPackage().file("./usr/share/seabios/vgabios.bin", "x"))
                .add(
                        stable,
                        "ovmf",
                        "2025.02-8",
                        "misc",
                        "",
                        new TestPackage()
                                .file("./usr/share/OVMF/OVMF_CODE_4M.fd", "code")
                                .file("./usr/share/OVMF/OVMF_VARS_4M.fd", "vars")
                                .file("./usr/share/OVMF/OVMF_CODE_4M.secboot.fd", "not wanted"))
                .add(stable, "libc6", "2.41", "libs", "", libraries(version))
                .add(
                        backports,
                        "qemu-system-x86",
                        "1:11.1.3",
                        "otherosfs",
                        "libc6 (>= 2.38), qemu-system-common (>> 1:11~), qemu-system-data (>>"
                                + " 1:11~), seabios",
                        new TestPackage().program("./usr/bin/qemu-system-x86_64", "qemu"))
                .add(
                        backports,
                        "qemu-system-common",
                        "1:11.1.3",
                        "otherosfs",
                        "",
                        new TestPackage().file(LIBRARIES + "qemu/accel-tcg-x86_64.so", "tcg"))
                .add(
                        backports,
                        "qemu-system-data",
                        "1:11.1.3",
                        "otherosfs",
                        "",
                        new TestPackage()
                                .file("./usr/share/qemu/kvmvapic.bin", "rom")
                                .file("./usr/share/qemu/skiboot.lid", "not wanted"))
                .publish();
    }

    /// A loader that answers in place of QEMU, and a library.
    private static TestPackage libraries(String version) {
        return new TestPackage()
                .program(
                        LIBRARIES + "ld-linux-x86-64.so.2",
                        """
                        #!/bin/sh
                        case "$*" in
                        *--version*) echo "QEMU emulator version %s (Debian 1:%s)" ;;
                        *vfio-user-pci,help*) echo "vfio-user-pci options:" ;;
                        esac
                        """
                                .formatted(version, version))
                .file(LIBRARIES + "libc.so.6", "library")
                .file(LIBRARIES + "gconv/X.so", "not wanted");
    }
}
