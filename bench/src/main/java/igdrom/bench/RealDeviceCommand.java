package igdrom.bench;

import igdrom.bench.setup.Ovmf;
import java.util.List;

/// The arguments of a QEMU whose guest has the real device of this machine.
final class RealDeviceCommand {
    static final String MONITOR = "monitor.socket";

    private RealDeviceCommand() {}

    /// @param options of the device, besides its ROM
    static List<String> guest(
            TestMachine machine, Ovmf firmware, LentDevice device, List<String> options) {
        QemuArguments arguments = new QemuArguments();
        arguments.add("-nodefaults", "-no-user-config", "-display", "none", "-vga", "none");
        arguments.add("-machine", machine.type().qemuName() + ",memory-backend=ram");
        if (device.kvm()) {
            // Most IOMMUs of Intel's clients translate 39 bits; firmware would put BARs above that.
            arguments.add("-accel", "kvm");
            arguments.add("-cpu", "host,host-phys-bits=on,host-phys-bits-limit=39");
        } else {
            arguments.add("-accel", "tcg", "-cpu", "qemu64");
        }
        arguments.add("-m", Integer.toString(machine.memoryMiB()), "-nic", "none");
        arguments.add(
                "-object",
                "memory-backend-file,id=ram,share=on,mem-path=%s,size=%dM"
                        .formatted(QemuCommand.RAM, machine.memoryMiB()));
        arguments.add(
                "-drive",
                "if=pflash,format=raw,readonly=on,file="
                        + QemuArguments.quoted(firmware.code().toString()));
        arguments.add("-drive", "if=pflash,format=raw,file=" + QemuCommand.VARIABLES);
        if (QemuCommand.lowBars(machine)) {
            arguments.lowBars();
        }
        arguments.add(
                "-device",
                "vfio-pci,host=%s,addr=02.0,romfile=%s%s"
                        .formatted(
                                device.address(),
                                QemuCommand.ROM,
                                options.isEmpty() ? "" : "," + String.join(",", options)));
        arguments.add("-chardev", "stdio,id=witness,signal=off");
        arguments.add("-device", "isa-debugcon,chardev=witness,iobase=" + QemuCommand.WITNESS_PORT);
        arguments.add("-chardev", "socket,id=log,path=" + QemuCommand.LOG);
        arguments.add("-device", "isa-debugcon,chardev=log,iobase=" + QemuCommand.LOG_PORT);
        arguments.add("-chardev", "socket,id=monitor,path=" + MONITOR);
        arguments.add("-mon", "chardev=monitor,mode=control");
        arguments.add("-kernel", QemuCommand.WITNESS, "-trace", "vfio_pci_igd*");
        return arguments.list();
    }
}
