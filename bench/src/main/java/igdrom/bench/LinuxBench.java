package igdrom.bench;

import igdrom.bench.judge.Expectation;
import igdrom.bench.judge.HostJudge;
import igdrom.bench.judge.Verdict;
import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.judge.Verdict.Interruption;
import igdrom.bench.linux.Initramfs;
import igdrom.bench.linux.LinuxJudge;
import igdrom.bench.linux.LinuxReport;
import igdrom.bench.setup.Kernel;
import igdrom.bytes.Image;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Boots a Linux kernel with a ROM and judges what the kernel finds.
public final class LinuxBench {
    private LinuxBench() {}

    /// Boots a guest and judges what Linux reports.
    ///
    /// @param seconds time limit
    /// @throws IOException when QEMU cannot be started or its files cannot be written
    public static LinuxOutcome run(
            TestMachine machine, Emulator emulator, Kernel kernel, int seconds) throws IOException {
        return run(machine, emulator, kernel, seconds, Scratch.create());
    }

    /// @param scratch closed at the end
    static LinuxOutcome run(
            TestMachine machine, Emulator emulator, Kernel kernel, int seconds, Scratch scratch)
            throws IOException {
        Expectation expected = Expectations.of(machine);
        try (scratch) {
            MachineFiles files = MachineFiles.create(machine, emulator, scratch);
            try (OutputStream out = Files.newOutputStream(scratch.file(QemuCommand.INITRAMFS))) {
                Initramfs.write(kernel.busybox(), kernel.modules(), out);
            }
            List<String> arguments =
                    QemuCommand.linux(machine, emulator.firmware(), kernel.image());
            QemuProcess qemu = QemuProcess.start(emulator, arguments, scratch);
            CompletableFuture<LinuxReport> received = new CompletableFuture<>();
            Thread.ofPlatform().daemon().name("igdrom-linux").start(() -> read(qemu, received));
            String ending = "the kernel did not boot in time";
            Interruption interruption = null;
            LinuxReport report = new LinuxReport(List.of(), List.of(), Image.EMPTY, false);
            try {
                report = received.get(seconds, TimeUnit.SECONDS);
                ending = report.complete() ? "" : qemu.ending();
            } catch (TimeoutException _) {
                // A kernel always has something to do until it is up.
                interruption =
                        Interruptions.ofTime(
                                seconds, Interruptions.NEEDED, qemu.processorTime(), false);
            } catch (ExecutionException _) {
                // `ending` already reports it.
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            List<String> lines = files.log().lines();
            String last =
                    lines.isEmpty()
                            ? ""
                            : "; the last line of its log is \"" + lines.getLast() + "\"";
            long bdsm = files.gpus().getFirst().device().bdsm();
            Interruption byQemu = Interruptions.ofQemu(qemu.lines());
            Verdict verdict = LinuxJudge.verdict(expected, report, bdsm, ending + last);
            if (report.complete()
                    && HostJudge.compares(expected.gpus().getFirst().platform())
                    && !Hosts.of(machine, 0).told().isEmpty()) {
                List<Check> checks = new ArrayList<>(verdict.checks());
                checks.add(LinuxJudge.stolenUsed(report));
                verdict = new Verdict(checks, verdict.notProved());
            }
            return new LinuxOutcome(
                    verdict.interrupted(byQemu == null ? interruption : byQemu), report);
        }
    }

    private static void read(QemuProcess qemu, CompletableFuture<LinuxReport> received) {
        try {
            received.complete(LinuxReport.read(qemu.output()));
        } catch (IOException e) {
            received.completeExceptionally(e);
        }
    }
}
