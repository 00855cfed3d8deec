package igdrom.cli.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// A tree with Debian's libvirt, whose virsh runs in it by a change of root, with its embedded
/// driver and a host that has an IOMMU group.
record LibvirtTree(Path tree) {
    /// The embedded driver, as virsh in the tree sees it.
    static final String URI = "qemu:///embed?root=/tmp/lv";

    /// What it needs to see: an IOMMU group 0 and a node for it, in namespaces of its own.
    static final String HOST =
            """
            mount --make-rprivate /
            mount -t proc none "$tree/proc"
            mount --rbind /sys "$tree/sys"
            mount -t tmpfs none "$tree/sys/kernel/iommu_groups"
            mkdir -p "$tree/sys/kernel/iommu_groups/0/devices"
            mount -t tmpfs none "$tree/dev"
            mknod "$tree/dev/null" c 1 3; mknod "$tree/dev/zero" c 1 5
            mknod "$tree/dev/urandom" c 1 9; mknod "$tree/dev/random" c 1 8
            mkdir -p "$tree/dev/vfio" "$tree/dev/shm"
            mknod "$tree/dev/vfio/vfio" c 10 196; mknod "$tree/dev/vfio/0" c 240 0
            ln -s /proc/self/fd/0 "$tree/dev/stdin"
            mount -t tmpfs none "$tree/tmp"
            """;

    /// Makes a program named virsh.
    ///
    /// @param directory for it
    /// @param state where the embedded driver keeps its domains
    void install(Path directory, Path state) throws IOException {
        String script =
                """
                #!/bin/sh
                [ "$1" = inside ] || exec unshare -m "$0" inside "$@"
                shift
                set -e
                tree=%s
                %s
                mkdir "$tree/tmp/lv"
                mount --bind %s "$tree/tmp/lv"
                exec chroot "$tree" /usr/bin/virsh "$@"
                """
                        .formatted(tree, HOST, state);
        Path program = Files.writeString(directory.resolve("virsh"), script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    static List<LibvirtTree> all() {
        return Oracles.trees().stream()
                .filter(tree -> Files.exists(tree.resolve("usr/bin/virsh")))
                .map(LibvirtTree::new)
                .toList();
    }
}
