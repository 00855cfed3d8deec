package igdrom.bench.setup;

import igdrom.fetch.Environment;
import igdrom.fetch.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The tools for starting a guest that this machine has.
///
/// @param qemus the first usable QEMU; at most one
/// @param ovmfs the preferred one first
/// @param kernels at most one
/// @param refused other QEMUs, and why they cannot be used
/// @param named whether `IGDROM_QEMU` names the QEMU to use
public record Tools(
        List<Qemu> qemus,
        List<Ovmf> ovmfs,
        List<Kernel> kernels,
        List<Refusal> refused,
        boolean named) {
    /// The first QEMU that has the device `vfio-user-pci`.
    ///
    /// Source: QEMU, hw/vfio-user, present in v10.1.0, absent from v10.0.0.
    public static final String MIN_QEMU_VERSION = "10.1";

    private static final String PROGRAM = "qemu-system-x86_64";

    public Tools {
        qemus = List.copyOf(qemus);
        ovmfs = List.copyOf(ovmfs);
        kernels = List.copyOf(kernels);
        refused = List.copyOf(refused);
    }

    public Optional<Qemu> qemu() {
        return qemus.stream().findFirst();
    }

    public Optional<Ovmf> ovmf() {
        return ovmfs.stream().findFirst();
    }

    public Optional<Kernel> kernel() {
        return kernels.stream().findFirst();
    }

    /// Looks in `IGDROM_QEMU`, then among what [Setup] fetched, then among installed programs.
    ///
    /// When `IGDROM_QEMU` is set, no other QEMU is considered. A fetched one was probed when it was
    /// fetched, so no QEMU is run to find it.
    public static Tools find(Environment environment) throws IOException {
        List<Refusal> refused = new ArrayList<>();
        List<Qemu> qemus = new ArrayList<>();
        List<Ovmf> ovmfs = new ArrayList<>();
        List<Kernel> kernels = new ArrayList<>();
        Store store = new Store(environment.directory());
        String named = environment.variable("IGDROM_QEMU");
        Optional<Store.Entry> fetched = store.find(Component.QEMU.bundleName());
        if (!named.isEmpty()) {
            Path path = Path.of(named);
            QemuProbe.judge(ofPath(path), "IGDROM_QEMU=" + path, qemus, refused);
            ovmfs.addAll(Ovmf.in(path, ""));
        } else if (fetched.isPresent()) {
            Path directory = fetched.get().directory();
            qemus.add(Qemu.in(directory, fetched.get().version(), directory.toString()));
        } else {
            for (Path program : installed(environment)) {
                if (qemus.isEmpty()) {
                    QemuProbe.judge(Qemu.installed(program), program.toString(), qemus, refused);
                }
            }
        }
        for (Store.Entry entry : store.find(Component.OVMF.bundleName()).stream().toList()) {
            ovmfs.addAll(Ovmf.in(entry.directory(), ""));
        }
        ovmfs.addAll(Ovmf.in(environment.root(), ""));
        for (Store.Entry entry : store.find(Component.LINUX.bundleName()).stream().toList()) {
            kernels.addAll(Kernel.in(entry.directory(), entry.directory().toString()));
        }
        return new Tools(qemus, ovmfs, kernels, refused, !named.isEmpty());
    }

    /// A program, or a directory with extracted packages of Debian.
    private static Qemu ofPath(Path path) {
        return Files.isDirectory(path)
                ? Qemu.in(path.toAbsolutePath(), "", path.toString())
                : Qemu.installed(path);
    }

    private static List<Path> installed(Environment environment) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String directory : environment.variable("PATH").split(":", -1)) {
            if (directory.startsWith("/")) {
                Path program = environment.at(directory).resolve(PROGRAM);
                if (Files.isExecutable(program) && !found.contains(program.toRealPath())) {
                    found.add(program.toRealPath());
                }
            }
        }
        return found;
    }
}
