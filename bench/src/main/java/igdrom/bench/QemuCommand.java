package igdrom.bench;

import igdrom.bench.setup.Ovmf;
import igdrom.bench.witness.PciAddress;
import igdrom.virtualigd.IgdModel;
import java.nio.file.Path;
import java.util.List;

/// QEMU's arguments, and the names of the files they refer to in the scratch directory.
///
/// QEMU is started in that directory and gets relative names, which need no quoting; the name of
/// the directory itself could contain any character.
final class QemuCommand {
    static final String WITNESS = "witness.efi";
    static final String ROM = "igd.rom";
    static final String VARIABLES = "variables.fd";
    static final String OPREGION = "opregion";
    static final String PRESET = "preset";
    static final String STOLEN_SIZE = "stolen-size";
    static final String STOLEN_BASE = "stolen-base";
    static final String RAM = "ram";
    static final String LPC = "lpc.socket";
    static final String INITRAMFS = "initramfs";
    static final String LOG = "log.socket";

    /// What a guest's kernel is started with.
    ///
    /// Observed: i915's messages fill a log of the usual size, and the firmware's memory map at its
    /// beginning is lost.
    static final String LINUX_OPTIONS = "console=ttyS0 loglevel=3 panic=-1 log_buf_len=4M";

    static final int WITNESS_PORT = 0x5a0;
    static final int LOG_PORT = 0x402;

    private QemuCommand() {}

    static String gpuSocket(int index) {
        return "gpu" + index + ".socket";
    }

    /// The arguments for a guest with the witness.
    static List<String> witness(TestMachine machine, Ovmf firmware) {
        QemuArguments arguments = base(machine, firmware);
        arguments.add("-chardev", "stdio,id=witness,signal=off");
        arguments.port("witness", WITNESS_PORT);
        arguments.port("log", LOG_PORT);
        arguments.add("-kernel", WITNESS);
        if (machine.reboot()) {
            arguments.add("-append", "reboot");
        }
        return arguments.list();
    }

    /// The arguments for a guest with a Linux kernel. Its console goes to the log, the report of
    /// [igdrom.bench.linux.Initramfs] to standard output.
    static List<String> linux(TestMachine machine, Ovmf firmware, Path kernel) {
        QemuArguments arguments = base(machine, firmware);
        arguments.add("-chardev", "stdio,id=report,signal=off");
        arguments.linuxPorts("log", "report");
        arguments.add("-kernel", kernel.toString(), "-initrd", INITRAMFS);
        arguments.add("-append", LINUX_OPTIONS);
        arguments.add("-no-reboot");
        return arguments.list();
    }

    private static QemuArguments base(TestMachine machine, Ovmf firmware) {
        QemuArguments arguments = new QemuArguments();
        arguments.add("-nodefaults", "-no-user-config", "-display", "none", "-vga", "none");
        arguments.add(
                "-machine",
                machine.type().qemuName()
                        + ",memory-backend=ram"
                        + (firmware.smm() ? ",smm=on" : ""));
        arguments.add("-m", Integer.toString(machine.memoryMiB()));
        arguments.add(
                "-object",
                "memory-backend-file,id=ram,share=on,mem-path="
                        + RAM
                        + ",size="
                        + machine.memoryMiB()
                        + "M");
        arguments.add("-nic", "none", "-rtc", "base=2026-01-01");
        arguments.add(
                "-drive",
                "if=pflash,format=raw,readonly=on,file="
                        + QemuArguments.quoted(firmware.code().toString()));
        arguments.add("-drive", "if=pflash,format=raw,file=" + VARIABLES);
        if (firmware.smm()) {
            arguments.add("-global", "driver=cfi.pflash01,property=secure,value=on");
        }
        arguments.add("-chardev", "socket,id=log,path=" + LOG);
        for (int i = 0; i < machine.gpus().size(); i++) {
            arguments.device(
                    Expectations.location(i),
                    gpuSocket(i),
                    machine.rom().bytes().isEmpty() ? "" : ROM);
        }
        if (machine.lpc().isPresent()) {
            arguments.device(PciAddress.of(0x1f, 0), LPC, "");
        }
        if (!machine.opRegion().isEmpty()) {
            arguments.file("etc/igd-opregion", OPREGION);
        }
        if (machine.stolenSize().isPresent()) {
            arguments.file("etc/igd-bdsm-size", STOLEN_SIZE);
        }
        if (machine.stolenBase() != 0) {
            arguments.file("etc/igd-stolen-base", STOLEN_BASE);
        }
        if (lowBars(machine)) {
            arguments.lowBars();
        }
        IgdModel first = machine.gpus().getFirst();
        if (!machine.preset().isEmpty()) {
            arguments.add(
                    "-device",
                    "loader,force-raw=on,file=%s,addr=0x%x".formatted(PRESET, first.asls()));
        }
        return arguments;
    }

    /// Whether the firmware has to keep all BARs below 4 GiB.
    static boolean lowBars(TestMachine machine) {
        return machine.rom().gop().isPresent()
                && machine.gpus().getFirst().platform().gopNeedsLowBar2();
    }
}
