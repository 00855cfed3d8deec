package igdrom.bench;

import igdrom.bench.witness.PciAddress;
import igdrom.virtualigd.IgdModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The files of a run in its folder, and QEMU's arguments that name them.
///
/// Names in the folder are ours and need no quoting; the folder's own name may hold anything, so
/// QEMU is started inside of it.
final class QemuCommand {
    static final String WITNESS = "witness.efi";
    static final String ROM = "igd.rom";
    static final String VARIABLES = "variables.fd";
    static final String OPREGION = "opregion";
    static final String PRESET = "preset";
    static final String STOLEN_SIZE = "stolen-size";
    static final String STOLEN_BASE = "stolen-base";
    static final String LPC = "lpc.socket";
    static final String INITRAMFS = "initramfs";
    static final String LOG = "log.socket";

    private static final int WITNESS_PORT = 0x5a0;
    private static final int LOG_PORT = 0x402;

    private QemuCommand() {}

    static String gpuSocket(int index) {
        return "gpu" + index + ".socket";
    }

    /// Everything behind the name of the program, for a guest with the witness.
    static List<String> witness(TestMachine setting, Path firmware) {
        Arguments to = machine(setting, firmware);
        to.add("-chardev", "stdio,id=witness,signal=off");
        to.add("-device", "isa-debugcon,chardev=witness,iobase=" + WITNESS_PORT);
        to.add("-device", "isa-debugcon,chardev=log,iobase=" + LOG_PORT);
        to.add("-kernel", WITNESS);
        if (setting.reboot()) {
            to.add("-append", "reboot");
        }
        return to.list;
    }

    /// The same with a Linux kernel: its console is the log, what [igdrom.bench.linux.Initramfs]
    /// tells is standard output.
    static List<String> linux(TestMachine setting, Path firmware, Path kernel) {
        Arguments to = machine(setting, firmware);
        to.add("-chardev", "stdio,id=told,signal=off");
        to.add("-device", "isa-serial,chardev=log");
        to.add("-device", "isa-serial,chardev=told");
        to.add("-kernel", kernel.toString(), "-initrd", INITRAMFS);
        to.add("-append", "console=ttyS0 loglevel=3 panic=-1");
        to.add("-no-reboot");
        return to.list;
    }

    private static Arguments machine(TestMachine setting, Path firmware) {
        Arguments to = new Arguments();
        to.add("-nodefaults", "-no-user-config", "-display", "none", "-vga", "none");
        to.add("-machine", setting.machine().qemuName() + ",memory-backend=ram");
        to.add("-m", Integer.toString(setting.memoryMiB()));
        to.add("-object", "memory-backend-memfd,id=ram,share=on,size=" + setting.memoryMiB() + "M");
        to.add("-nic", "none", "-rtc", "base=2026-01-01");
        to.add("-drive", "if=pflash,format=raw,readonly=on,file=" + quoted(firmware.toString()));
        to.add("-drive", "if=pflash,format=raw,file=" + VARIABLES);
        to.add("-chardev", "socket,id=log,path=" + LOG);
        for (int i = 0; i < setting.gpus().size(); i++) {
            to.device(Expectations.location(i), gpuSocket(i), ROM);
        }
        if (setting.lpc().isPresent()) {
            to.device(PciAddress.of(0x1f, 0), LPC, "");
        }
        if (!setting.opRegion().isEmpty()) {
            to.file("etc/igd-opregion", OPREGION);
        }
        if (setting.stolenSize() != 0) {
            to.file("etc/igd-bdsm-size", STOLEN_SIZE);
        }
        if (setting.stolenBase() != 0) {
            to.file("etc/igd-stolen-base", STOLEN_BASE);
        }
        IgdModel first = setting.gpus().getFirst();
        if (!setting.preset().isEmpty()) {
            to.add(
                    "-device",
                    "loader,force-raw=on,file=%s,addr=0x%x".formatted(PRESET, first.asls()));
        }
        return to;
    }

    /// A comma separates options, unless there are two.
    private static String quoted(String value) {
        return value.replace(",", ",,");
    }

    private static final class Arguments {
        private final List<String> list = new ArrayList<>();

        void add(String... words) {
            list.addAll(List.of(words));
        }

        void file(String name, String file) {
            add("-fw_cfg", "name=" + name + ",file=" + file);
        }

        /// QEMU takes this device as JSON only.
        ///
        /// @param rom empty for none
        void device(PciAddress location, String socket, String rom) {
            String romOption = rom.isEmpty() ? "\"rombar\":0" : "\"romfile\":\"" + rom + "\"";
            add(
                    "-device",
                    "{\"driver\":\"vfio-user-pci\",\"addr\":\""
                            + location.slot()
                            + "\","
                            + romOption
                            + ",\"socket\":{\"type\":\"unix\",\"path\":\""
                            + socket
                            + "\"}}");
        }
    }
}
