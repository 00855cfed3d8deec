package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.virtualigd.IgdModel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/// A running Debian host with a disk, whose IGD is the virtual one, and a terminal on it.
final class UserHost implements AutoCloseable {
    private static final int MEMORY_MIB = 1792;
    private static final int CONSOLE_LINES = 1000;
    private static final int LAST = 40;
    private static final String TERMINAL = "terminal.socket";

    /// Of a quiet machine, a boot needs about a minute and a half.
    private static final Duration BOOT = Duration.ofMinutes(15);

    /// The width that IOMMUs of real boards have.
    private static final String WIDTH = ",aw-bits=39";

    private final Scratch scratch;
    private final QemuProcess qemu;
    private final GpuServer gpu;
    private final Terminal terminal;
    private final LogSocket console;

    private UserHost(
            Scratch scratch,
            QemuProcess qemu,
            GpuServer gpu,
            Terminal terminal,
            LogSocket console) {
        this.scratch = scratch;
        this.qemu = qemu;
        this.gpu = gpu;
        this.terminal = terminal;
        this.console = console;
    }

    /// Starts a host from its disk, and waits until it is up.
    ///
    /// @param board with the device, and the OpRegion that its firmware leaves
    /// @param processor of the emulated machine, as QEMU names it
    static UserHost boot(Emulator emulator, TestMachine board, HostDisk disk, String processor)
            throws IOException, InterruptedException {
        Scratch scratch = Scratch.create();
        try {
            BootMenu menu = BootMenu.read(disk, scratch.directory());
            MachineFiles.write(scratch, QemuCommand.PRESET, board.opRegion());
            IgdModel device = HostStackCommand.device(board);
            GpuServer gpu =
                    scratch.own(
                            GpuServer.listen(
                                    device, scratch.file(QemuCommand.gpuSocket(0)), false));
            LogSocket console =
                    scratch.own(LogSocket.listen(scratch.file(QemuCommand.LOG), CONSOLE_LINES));
            Terminal terminal = scratch.own(Terminal.listen(scratch.file(TERMINAL)));
            List<String> arguments =
                    new ArrayList<>(
                            HostStackCommand.host(board, menu.kernel(), TERMINAL, MEMORY_MIB));
            replace(arguments, "-cpu", _ -> processor);
            replace(arguments, "-initrd", _ -> menu.initrd().toString());
            arguments.replaceAll(word -> word.startsWith("intel-iommu,") ? word + WIDTH : word);
            replace(arguments, "-append", stack -> parameters(stack, menu));
            arguments.addAll(
                    List.of(
                            "-smbios",
                            "type=1,manufacturer=igdrom,product=Board",
                            "-drive",
                            "if=none,id=disk,format=raw,cache=unsafe,file="
                                    + QemuArguments.quoted(disk.file().toString()),
                            "-device",
                            "virtio-blk-pci,drive=disk,addr=04.0"));
            QemuProcess qemu = QemuProcess.start(emulator, arguments, scratch);
            UserHost host = new UserHost(scratch, qemu, gpu, terminal, console);
            terminal.awaitShell(host.limits(BOOT));
            // An owner logs in later: libvirt finds no KVM before udev has loaded its module.
            Terminal.Answer up =
                    host.type("udevadm settle -t 3600; systemctl is-system-running --wait", 15);
            assertThat(up.text().strip()).as(up.toString()).isEqualTo("running");
            return host;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            scratch.close();
            throw e;
        }
    }

    private static void replace(
            List<String> arguments, String option, UnaryOperator<String> change) {
        int value = arguments.indexOf(option) + 1;
        arguments.set(value, change.apply(arguments.get(value)));
    }

    /// What the emulated machine needs, without what a boot loader decides, and then what this one
    /// says.
    private static String parameters(String stack, BootMenu menu) {
        return menu.parameters() + " " + stack.replace("intel_iommu=on ", "").replace("quiet ", "");
    }

    Terminal.Limits limits(Duration processor) {
        return new Terminal.Limits(qemu, processor);
    }

    /// Types a command as root, and waits for its end.
    ///
    /// @param minutes of processor time that it may use
    Terminal.Answer type(String command, int minutes) throws IOException, InterruptedException {
        try {
            return terminal.type(command, limits(Duration.ofMinutes(minutes)));
        } catch (AssertionError e) {
            List<String> said = console.lines();
            String last =
                    String.join("\n", said.subList(Math.max(0, said.size() - LAST), said.size()));
            throw new AssertionError(e.getMessage() + "\nThe host's console:\n" + last, e);
        }
    }

    GpuServer gpu() {
        return gpu;
    }

    /// Switches the host off, with everything on its disk.
    void powerOff() throws IOException, InterruptedException {
        type("systemctl poweroff --no-block", 2);
        long end = System.nanoTime() + TimeUnit.HOURS.toNanos(1);
        Terminal.Limits limits = limits(Duration.ofMinutes(10));
        limits.begin();
        while (qemu.alive() && System.nanoTime() < end) {
            limits.check("poweroff\n" + String.join("\n", console.lines()));
            TimeUnit.SECONDS.sleep(1);
        }
    }

    @Override
    public void close() {
        scratch.close();
    }
}
