package igdrom.bench.linux;

import igdrom.bench.setup.Kernel;
import igdrom.bytes.Image;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The user space of a host: it binds the device to vfio-pci and starts QEMU.
///
/// What the host finds and what its QEMU prints goes to the first serial port, one fact a line,
/// after [#FACT] and [#QEMU].
public final class HostInitramfs {
    /// Begins a line with a fact: its name and its value.
    public static final String FACT = "igdrom-host ";

    /// Begins a line of QEMU.
    public static final String QEMU = "igdrom-qemu ";

    /// The module with which a host runs its guest on an emulated SVM.
    public static final String KVM = "kvm_amd";

    private static final String TREE = "qemu";

    private HostInitramfs() {}

    /// What the host needs besides its kernel.
    ///
    /// @param qemu a directory with a whole QEMU
    /// @param files by name: what the arguments of QEMU refer to
    /// @param arguments the command line of QEMU, with the program
    /// @param environment of QEMU
    /// @param hugePages of 2 MiB for the guest
    public record Contents(
            Path qemu,
            Map<String, Image> files,
            List<String> arguments,
            Map<String, String> environment,
            int hugePages) {
        public Contents {
            files = Map.copyOf(files);
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
        }
    }

    /// Where [Contents#qemu] is on the host.
    public static Path tree() {
        return Path.of("/" + TREE);
    }

    /// Writes the archive.
    ///
    /// @param modules names of the modules that the host loads
    public static void write(
            Kernel kernel, List<String> modules, Contents contents, OutputStream out)
            throws IOException {
        Cpio archive = new Cpio(out);
        for (String name : List.of("bin", "dev", "proc", "sys", "modules", "usr", "usr/bin")) {
            archive.directory(name);
        }
        archive.file("bin/busybox", Image.load(kernel.busybox()));
        StringBuilder load = new StringBuilder();
        Map<String, Image> needed =
                KernelModules.in(kernel.modules()).closure(modules.toArray(String[]::new));
        for (Map.Entry<String, Image> module : needed.entrySet()) {
            String file = "modules/" + module.getKey() + ".ko";
            archive.file(
                    file,
                    module.getKey().equals(KVM)
                            ? KvmModule.keepingCr8Intercept(module.getValue())
                            : module.getValue());
            load.append("insmod /").append(file);
            // Without interrupt remapping, which virtio-iommu lacks, vfio wants to be asked for it.
            load.append(
                    module.getKey().equals("vfio_iommu_type1")
                            ? " allow_unsafe_interrupts=1\n"
                            : "\n");
        }
        archive.tree(TREE, contents.qemu());
        for (Map.Entry<String, Image> file : contents.files().entrySet()) {
            archive.file(file.getKey(), file.getValue());
        }
        archive.file("init", Image.ofAscii(script(load.toString(), contents))).end();
    }

    private static String script(String load, Contents contents) {
        String variables =
                contents.environment().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + quoted(entry.getValue()) + " ")
                        .collect(Collectors.joining());
        String command =
                contents.arguments().stream()
                        .map(HostInitramfs::quoted)
                        .collect(Collectors.joining(" "));
        return """
        #!/bin/busybox sh
        /bin/busybox --install -s /bin
        export PATH=/bin
        mount -t devtmpfs dev /dev
        mount -t proc proc /proc
        mount -t sysfs sys /sys
        %1$s\
        fact() { echo "%2$s$1 $2"; }
        device=/sys/bus/pci/devices/0000:00:02.0
        mkdir -p /dev/hugepages /tmp
        echo %3$d >/proc/sys/vm/nr_hugepages
        mount -t hugetlbfs hugetlbfs /dev/hugepages
        echo vfio-pci >$device/driver_override
        echo 0000:00:02.0 >/sys/bus/pci/drivers/vfio-pci/bind
        fact driver "$(basename "$(readlink $device/driver)")"
        fact group "$(basename "$(readlink $device/iommu_group)")"
        fact members "$(echo $(ls $device/iommu_group/devices))"
        fact node "$(ls /dev/vfio | grep -v vfio)"
        dmesg | grep -E 'vfio|0000:00:02.0' | while read -r line; do fact kernel "$line"; done
        stty -F /dev/ttyS1 raw -echo
        stty -F /dev/ttyS2 raw -echo
        watch() {
            while sleep 1; do
                files="$(ls -l /proc/[0-9]*/fd 2>/dev/null)"
                case "$files" in */dev/vfio/*) ;; *) continue ;; esac
                case "$files" in *kvm-vcpu*) fact processor kvm ;; *) fact processor tcg ;; esac
                break
            done
            while sleep 2; do
                line="$(awk '/vfio-msi/ && $2 > 0' /proc/interrupts | head -n 1)"
                [ -n "$line" ] && fact interrupt "$line" && break
            done
        }
        fact qemu starts
        watch &
        %4$s%5$s 2>&1 | while read -r line; do echo "%6$s$line"; done
        fact qemu ended
        dmesg | grep -E 'DMAR.*fault|IGD' | head -n 20 | while read -r line; do fact kernel "$line"; done
        sleep 1
        poweroff -f
        """
                .formatted(load, FACT, contents.hugePages(), variables, command, QEMU);
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
