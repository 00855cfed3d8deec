package igdrom.bench;

import igdrom.bench.judge.Expectation;
import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.linux.Initramfs;
import igdrom.bench.linux.LinuxJudge;
import igdrom.bench.linux.LinuxReport;
import igdrom.bench.setup.Kernel;
import igdrom.bytes.Image;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Starts a Linux kernel on the device, and looks at what that makes of it.
public final class LinuxBench {
    private LinuxBench() {}

    /// Boots the guest, and judges.
    ///
    /// @param seconds how long it may take at most
    /// @throws IOException when the machine lacks what is needed
    public static LinuxOutcome run(
            TestMachine setting, Emulator emulator, Kernel kernel, int seconds) throws IOException {
        return run(setting, emulator, kernel, seconds, Scratch.create());
    }

    /// @param scratch is closed
    static LinuxOutcome run(
            TestMachine setting, Emulator emulator, Kernel kernel, int seconds, Scratch scratch)
            throws IOException {
        Expectation expected = Expectations.of(setting);
        Image initramfs = Initramfs.make(kernel.busybox(), kernel.modules());
        try (scratch) {
            MachineFiles hardware = MachineFiles.set(setting, emulator, scratch);
            MachineFiles.write(scratch, QemuCommand.INITRAMFS, initramfs);
            List<String> arguments =
                    QemuCommand.linux(setting, emulator.firmware().code(), kernel.image());
            QemuProcess qemu = QemuProcess.start(emulator, arguments, scratch);
            CompletableFuture<LinuxReport> told = new CompletableFuture<>();
            Thread reader = new Thread(() -> read(qemu, told), "igdrom-linux");
            reader.setDaemon(true);
            reader.start();
            String ending = "the kernel did not come up in time";
            LinuxReport all = new LinuxReport(List.of(), List.of(), Image.EMPTY, false);
            try {
                all = told.get(seconds, TimeUnit.SECONDS);
                ending = all.whole() ? "" : qemu.ending();
            } catch (TimeoutException | ExecutionException _) {
                // As it is said already.
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            List<String> lines = hardware.log().lines();
            String last = lines.isEmpty() ? "" : "; it last said \"" + lines.getLast() + "\"";
            long bdsm = hardware.gpus().getFirst().device().bdsm();
            List<Check> checks = LinuxJudge.checks(expected, all, bdsm, ending + last);
            return new LinuxOutcome(checks, all);
        }
    }

    private static void read(QemuProcess qemu, CompletableFuture<LinuxReport> told) {
        try {
            told.complete(LinuxReport.read(qemu.output()));
        } catch (IOException e) {
            told.completeExceptionally(e);
        }
    }
}
