package igdrom.bench;

import igdrom.bench.judge.Expectation;
import igdrom.bench.linux.HostInitramfs;
import igdrom.bench.setup.Qemu;
import igdrom.bench.witness.PciAddress;
import igdrom.virtualigd.IgdHost;
import igdrom.virtualigd.IgdModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The arguments of the two QEMUs of a [HostStackStart]: the machine that plays the host, and the
/// guest that the host starts.
final class HostStackCommand {
    private static final int HOST_MEMORY_MIB = 1536;
    private static final int GUEST_MEMORY_MIB = 384;

    /// The stolen memory for which the guest has room, and for which it gets more.
    private static final int STOLEN_MIB = 128;

    private static final int MAX_STOLEN_MIB = 512;

    /// What the host's firmware leaves: an OpRegion, and stolen memory below it.
    static final long ASLS = 0x5700_0000L;

    static final long BDSM = 0x5000_0000L;
    private static final long RESERVED = 0x0800_0000L;

    /// The device as that firmware leaves it.
    static IgdModel device(TestMachine machine) {
        IgdModel model = machine.gpus().getFirst();
        long asls = machine.opRegion().isEmpty() ? 0 : ASLS;
        return model.withHost(
                new IgdHost(asls, BDSM, IgdHost.Registers.LOCKED, model.host().dirty()));
    }

    /// Files of the guest in the host's root directory.
    static final String CODE = "code.fd";

    static final String VARIABLES = "variables.fd";

    static final String KERNEL = "vmlinuz";

    /// Serial ports of the host.
    private static final String WITNESS_PORT = "/dev/ttyS1";

    private static final String LOG_PORT = "/dev/ttyS2";

    private HostStackCommand() {}

    /// The host: its console goes to the log, the witness of the guest to standard output, what the
    /// guest's drivers log to the third serial port.
    static List<String> host(
            TestMachine machine, Path kernel, String guestLog, Expectation expected) {
        return host(machine, kernel, guestLog, HOST_MEMORY_MIB + moreMemory(expected));
    }

    /// How much memory the guest has, which is a part of the host's.
    static int guestMemory(Expectation expected) {
        return GUEST_MEMORY_MIB + moreMemory(expected);
    }

    private static int moreMemory(Expectation expected) {
        Expectation.Stolen stolen = expected.gpus().getFirst().stolen();
        long mib = stolen == null ? 0 : stolen.size() >> 20;
        return Math.clamp(mib, STOLEN_MIB, MAX_STOLEN_MIB) - STOLEN_MIB;
    }

    /// @param memoryMiB more where the initramfs is large: it is loaded below the end of memory,
    ///   and must not reach down to the OpRegion
    static List<String> host(TestMachine machine, Path kernel, String guestLog, int memoryMiB) {
        QemuArguments arguments = new QemuArguments();
        arguments.add("-nodefaults", "-no-user-config", "-display", "none", "-vga", "none");
        arguments.add("-machine", machine.type().qemuName() + ",memory-backend=ram");
        arguments.add("-m", Integer.toString(memoryMiB), "-nic", "none");
        arguments.add(
                "-object", "memory-backend-memfd,id=ram,share=on,size=%dM".formatted(memoryMiB));
        // Four-level page tables, as it was tried; one emulated processor is faster than two.
        arguments.add("-cpu", "max,la57=off", "-smp", "1");
        switch (machine.type()) {
            case Q35 -> arguments.add("-device", "intel-iommu,caching-mode=on,intremap=on");
            case PC -> arguments.add("-device", "virtio-iommu-pci,addr=03.0");
        }
        if (!machine.opRegion().isEmpty()) {
            arguments.add(
                    "-device",
                    "loader,force-raw=on,file=%s,addr=0x%x".formatted(QemuCommand.PRESET, ASLS));
        }
        arguments.device(Expectations.location(0), QemuCommand.gpuSocket(0), "");
        if (machine.lpc().isPresent()) {
            arguments.device(PciAddress.of(0x1f, 0), QemuCommand.LPC, "");
        }
        arguments.add("-chardev", "socket,id=console,path=" + QemuCommand.LOG);
        arguments.add("-chardev", "stdio,id=witness,signal=off");
        arguments.add("-chardev", "socket,id=guest,path=" + guestLog);
        for (String port : List.of("console", "witness", "guest")) {
            arguments.add("-device", "isa-serial,chardev=" + port);
        }
        arguments.add("-kernel", kernel.toString(), "-initrd", QemuCommand.INITRAMFS);
        // A busy machine fails the check of the timer; hugetlbfs needs memory in one piece.
        arguments.add(
                "-append",
                "console=ttyS0 intel_iommu=on no_timer_check mitigations=off nokaslr quiet"
                        + " loglevel=4 panic=-1 memmap=0x%x$0x%x".formatted(RESERVED, BDSM));
        arguments.add("-no-reboot");
        return arguments.list();
    }

    /// The guest, as its host starts it.
    ///
    /// @param options of the device, besides its ROM
    static List<String> guest(
            TestMachine machine,
            int memoryMiB,
            List<String> options,
            HostStack.Processor processor,
            HostStackStart.Program program) {
        Qemu qemu = Qemu.in(HostInitramfs.tree(), "", "");
        List<String> words = new ArrayList<>(qemu.command());
        QemuArguments arguments = new QemuArguments();
        arguments.add("-nodefaults", "-no-user-config", "-display", "none", "-vga", "none");
        arguments.add("-machine", machine.type().qemuName() + ",memory-backend=ram");
        switch (processor) {
            case TCG -> arguments.add("-accel", "tcg", "-cpu", "qemu64");
            case SVM -> arguments.add("-accel", "kvm", "-cpu", "host");
        }
        arguments.add("-nic", "none");
        arguments.add("-m", Integer.toString(memoryMiB));
        arguments.add(
                "-object",
                "memory-backend-file,id=ram,mem-path=/dev/hugepages,share=on,size=%dM"
                        .formatted(memoryMiB));
        arguments.add("-drive", "if=pflash,format=raw,readonly=on,file=/" + CODE);
        arguments.add("-drive", "if=pflash,format=raw,file=/" + VARIABLES);
        if (QemuCommand.lowBars(machine)) {
            arguments.lowBars();
        }
        arguments.add(
                "-device",
                "vfio-pci,host=0000:00:02.0,addr=02.0,romfile=/%s%s"
                        .formatted(
                                QemuCommand.ROM,
                                options.isEmpty() ? "" : "," + String.join(",", options)));
        arguments.add("-chardev", "serial,id=witness,path=" + WITNESS_PORT);
        arguments.add("-chardev", "serial,id=log,path=" + LOG_PORT);
        arguments.add("-trace", "vfio_pci_igd*");
        switch (program) {
            case WITNESS -> {
                arguments.port("witness", QemuCommand.WITNESS_PORT);
                arguments.port("log", QemuCommand.LOG_PORT);
                arguments.add("-kernel", "/" + QemuCommand.WITNESS);
                if (machine.reboot()) {
                    arguments.add("-append", "reboot");
                }
            }
            case LINUX -> {
                arguments.linuxPorts("log", "witness");
                arguments.add("-kernel", "/" + KERNEL, "-initrd", "/" + QemuCommand.INITRAMFS);
                // A processor that is emulated twice fails the check of the timer.
                arguments.add("-append", QemuCommand.LINUX_OPTIONS + " no_timer_check");
                arguments.add("-no-reboot");
            }
        }
        words.addAll(arguments.list());
        return words;
    }
}
