package igdrom.bench.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a run in a guest needs, as far as this machine has it.
///
/// @param qemus at most one: the first that will do
/// @param ovmfs the one to use first
/// @param kernels at most one
/// @param refused what was found besides, and why it will not do
/// @param named whether `IGDROM_QEMU` says which QEMU it must be
public record Tools(
        List<Qemu> qemus,
        List<Ovmf> ovmfs,
        List<Kernel> kernels,
        List<Refusal> refused,
        boolean named) {
    /// The first QEMU that has the device `vfio-user-pci`.
    ///
    /// Source: QEMU, hw/vfio-user, which v10.1.0 has and v10.0.0 has not.
    public static final String FIRST_VERSION = "10.1";

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

    /// Looks at `IGDROM_QEMU`, at the programs that are installed, at what [Setup] fetched.
    ///
    /// A variable that is set counts alone: whoever names a QEMU wants no other.
    public static Tools find(Environment machine) throws IOException {
        List<Refusal> refused = new ArrayList<>();
        List<Qemu> qemus = new ArrayList<>();
        List<Ovmf> ovmfs = new ArrayList<>();
        List<Kernel> kernels = new ArrayList<>();
        Store store = new Store(machine.folder());
        String named = machine.variable("IGDROM_QEMU");
        if (!named.isEmpty()) {
            Path path = Path.of(named);
            QemuProbe.judge(ofPath(path), "IGDROM_QEMU=" + path, qemus, refused);
            ovmfs.addAll(Ovmf.in(path, ""));
        } else {
            for (Path program : installed(machine)) {
                if (qemus.isEmpty()) {
                    QemuProbe.judge(Qemu.installed(program), program.toString(), qemus, refused);
                }
            }
            Optional<Store.Kept> kept = store.find(Component.QEMU);
            if (qemus.isEmpty() && kept.isPresent()) {
                // It was asked when it was fetched.
                qemus.add(
                        Qemu.in(
                                kept.get().folder(),
                                kept.get().version(),
                                kept.get().folder().toString()));
            }
        }
        for (Store.Kept kept : store.find(Component.OVMF).stream().toList()) {
            ovmfs.addAll(Ovmf.in(kept.folder(), ""));
        }
        ovmfs.addAll(Ovmf.in(machine.root(), ""));
        for (Store.Kept kept : store.find(Component.LINUX).stream().toList()) {
            kernels.addAll(Kernel.in(kept.folder(), kept.folder().toString()));
        }
        return new Tools(qemus, ovmfs, kernels, refused, !named.isEmpty());
    }

    /// A program, or a folder that has Debian's packages in it.
    private static Qemu ofPath(Path path) {
        return Files.isDirectory(path)
                ? Qemu.in(path.toAbsolutePath(), "", path.toString())
                : Qemu.installed(path);
    }

    private static List<Path> installed(Environment machine) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String folder : machine.variable("PATH").split(":", -1)) {
            if (folder.startsWith("/")) {
                Path program = machine.at(folder).resolve(PROGRAM);
                if (Files.isExecutable(program) && !found.contains(program.toRealPath())) {
                    found.add(program.toRealPath());
                }
            }
        }
        return found;
    }
}
