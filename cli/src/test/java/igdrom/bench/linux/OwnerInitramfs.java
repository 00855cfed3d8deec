package igdrom.bench.linux;

import igdrom.bench.setup.Kernel;
import igdrom.bytes.Image;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The user space of a host on which igdrom is installed: a Java runtime, QEMU and OVMF as Debian
/// installs them, and a script that its owner might type.
public final class OwnerInitramfs {
    /// Begins a line of the script.
    public static final String SAYS = "igdrom-host ";

    private static final String LIBRARIES = "/qemu/usr/lib";

    private OwnerInitramfs() {}

    /// What the host has.
    ///
    /// @param qemu a directory with Debian's packages of QEMU
    /// @param runtime a Java runtime
    /// @param classPath of igdrom
    /// @param files by their path in the host
    /// @param modules that the host loads
    /// @param script for the shell: `igdrom` starts igdrom
    public record Contents(
            Path qemu,
            Path runtime,
            List<Path> classPath,
            Map<String, Image> files,
            List<String> modules,
            String script) {
        public Contents {
            classPath = List.copyOf(classPath);
            files = Map.copyOf(files);
            modules = List.copyOf(modules);
        }
    }

    /// Writes the archive.
    public static void write(Kernel kernel, Contents contents, OutputStream out)
            throws IOException {
        Cpio archive = new Cpio(out);
        for (String name :
                List.of("bin", "dev", "proc", "sys", "tmp", "modules", "usr", "usr/share")) {
            archive.directory(name);
        }
        archive.directory("usr/share/OVMF").directory("igdrom");
        archive.file("bin/busybox", Image.load(kernel.busybox()));
        StringBuilder load = new StringBuilder();
        String[] wanted = contents.modules().toArray(String[]::new);
        for (Map.Entry<String, Image> module :
                KernelModules.in(kernel.modules()).closure(wanted).entrySet()) {
            String file = "modules/" + module.getKey() + ".ko";
            archive.file(
                    file,
                    module.getKey().equals(HostInitramfs.KVM)
                            ? KvmModule.keepingCr8Intercept(module.getValue())
                            : module.getValue());
            load.append("insmod /").append(file).append('\n');
        }
        archive.tree("qemu", contents.qemu());
        archive.tree("java", contents.runtime());
        List<String> classPath = new ArrayList<>();
        for (Path entry : contents.classPath()) {
            String name = "igdrom/" + classPath.size();
            classPath.add("/" + name);
            if (Files.isDirectory(entry)) {
                archive.tree(name, entry);
            } else {
                archive.file(name, Image.load(entry));
            }
        }
        for (Map.Entry<String, Image> file : contents.files().entrySet()) {
            archive.file(file.getKey(), file.getValue());
        }
        String script =
                prelude(load.toString(), classPath)
                        + contents.script()
                        + "\nsay end\npoweroff -f\n";
        archive.file("init", Image.ofAscii(script)).end();
    }

    /// Without huge pages, each page of the guest's memory is a map of its own in the IOMMU.
    private static String prelude(String load, List<String> classPath) {
        return """
        #!/bin/busybox sh
        /bin/busybox --install -s /bin
        export PATH=/bin HOME=/ IGDROM_QEMU=/qemu
        ln -s %1$s /usr/lib
        ln -s %1$s /lib
        ln -s %1$s/x86_64-linux-gnu /lib64
        mount -t devtmpfs dev /dev
        mount -t proc proc /proc
        mount -t sysfs sys /sys
        echo always >/sys/kernel/mm/transparent_hugepage/shmem_enabled
        %2$s\
        device=/sys/bus/pci/devices/0000:00:02.0
        say() { echo "%3$s$*"; }
        igdrom() {
            /java/bin/java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xmx256m \\
                --enable-native-access=ALL-UNNAMED -cp %4$s igdrom.cli.Main "$@" 2>&1
            say "code $?"
        }
        state() {
            say "state $(basename "$(readlink $device/driver || echo none)")" \\
                "$(cat $device/driver_override)"
        }
        # Process numbers of a program, by a word of its command line.
        running() { grep -l "$1" /proc/[0-9]*/cmdline 2>/dev/null | cut -d/ -f3; }
        # Waits until QEMU has had the device for some seconds.
        guest() {
            until ls -l $(for p in $(running qemu-system); do echo /proc/$p/fd; done) \\
                2>/dev/null | grep -q /dev/vfio/; do sleep 1; done
            sleep 5
        }
        """
                .formatted(LIBRARIES, load, SAYS, String.join(":", classPath));
    }
}
