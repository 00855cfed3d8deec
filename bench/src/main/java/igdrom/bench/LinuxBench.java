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
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Boots a Linux kernel with a ROM and judges what the kernel finds.
public final class LinuxBench {
    private static final int PROGRESS_MILLIS = 500;

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
                Initramfs.write(kernel.busybox(), kernel.modules(), Initramfs.Patience.ALONE, out);
            }
            List<String> arguments =
                    QemuCommand.linux(machine, emulator.firmware(), kernel.image());
            QemuProcess qemu = QemuProcess.start(emulator, arguments, scratch);
            Received received = receive(qemu, seconds, Interruptions.NEEDED, _ -> {});
            long bdsm = files.gpus().getFirst().device().bdsm();
            Verdict verdict =
                    LinuxJudge.verdict(
                            expected,
                            received.report(),
                            bdsm,
                            received.ending() + files.log().lastWords());
            if (received.report().complete()
                    && HostJudge.compares(expected.gpus().getFirst().platform())
                    && !Hosts.of(machine, 0).told().isEmpty()) {
                List<Check> checks = new ArrayList<>(verdict.checks());
                checks.add(LinuxJudge.stolenUsed(received.report()));
                verdict = new Verdict(checks, verdict.notProved());
            }
            return outcome(verdict, received, Interruptions.ofQemu(qemu.lines()));
        }
    }

    /// Boots a guest whose host is a Linux kernel with QEMU, and judges what Linux reports in both.
    ///
    /// @param seconds time limit
    /// @param kept a directory that does not exist yet, to keep the files of the run in; null to
    ///   keep nothing
    /// @param progress is told what is happening, more than once a second
    /// @throws IOException when QEMU cannot be started or its files cannot be written
    public static LinuxOutcome runHostStack(
            TestMachine machine,
            Emulator emulator,
            HostStack stack,
            int seconds,
            @Nullable Path kept,
            Consumer<String> progress)
            throws IOException {
        HostStackStart start =
                new HostStackStart(machine, emulator, stack, HostStackStart.Program.LINUX);
        try (Scratch scratch = Scratch.createOrKeep(kept)) {
            GuestStart.Started started = start.start(scratch);
            Received received =
                    receive(
                            started.qemu(),
                            seconds,
                            start.processorTime(),
                            left ->
                                    progress.accept(
                                            Interruptions.minutes(
                                                    start.stage(started), seconds, left)));
            Interruption byHost = start.keepLogs(started, scratch);
            Expectation.Gpu gpu = start.expected().gpus().getFirst();
            long bdsm = GuestStart.Registers.of(gpu, received.report().config()).bdsm();
            Verdict verdict =
                    LinuxJudge.verdict(
                            start.expected(),
                            received.report(),
                            bdsm,
                            received.ending() + started.log().lastWords());
            return outcome(start.withHost(verdict), received, byHost);
        }
    }

    /// What has come from the guest within the time limit.
    ///
    /// @param ending why the report is incomplete
    private record Received(
            LinuxReport report, String ending, @Nullable Interruption interruption) {}

    /// @param progress is told how many nanoseconds are left
    private static Received receive(
            QemuProcess qemu, int seconds, Duration needed, LongConsumer progress) {
        CompletableFuture<LinuxReport> received = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("igdrom-linux").start(() -> read(qemu, received));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try {
            while (!received.isDone() && System.nanoTime() < deadline) {
                progress.accept(deadline - System.nanoTime());
                try {
                    received.get(PROGRESS_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException _) {
                    // The next round.
                }
            }
            if (received.isDone()) {
                LinuxReport report = received.get();
                return new Received(report, report.complete() ? "" : qemu.ending(), null);
            }
        } catch (ExecutionException _) {
            return new Received(LinuxReport.NONE, qemu.ending(), null);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        // A kernel always has something to do until it is up.
        return new Received(
                LinuxReport.NONE,
                "the kernel did not boot in time",
                Interruptions.ofTime(seconds, needed, qemu.processorTime(), false));
    }

    private static LinuxOutcome outcome(
            Verdict verdict, Received received, @Nullable Interruption other) {
        return new LinuxOutcome(
                verdict.interrupted(other == null ? received.interruption() : other),
                received.report());
    }

    private static void read(QemuProcess qemu, CompletableFuture<LinuxReport> received) {
        try {
            received.complete(LinuxReport.read(qemu.output()));
        } catch (IOException e) {
            received.completeExceptionally(e);
        }
    }
}
