package igdrom.bench;

import igdrom.bench.judge.Expectation;
import igdrom.bench.judge.HostJudge;
import igdrom.bench.judge.HostState;
import igdrom.bench.judge.Judge;
import igdrom.bench.judge.MemoryJudge;
import igdrom.bench.judge.Observations;
import igdrom.bench.judge.RawJudge;
import igdrom.bench.judge.Verdict;
import igdrom.bench.judge.VirtualFunctionJudge;
import igdrom.bench.judge.Verdict.Interruption;
import igdrom.bench.witness.Witness;
import igdrom.bench.witness.WitnessStream;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.virtualigd.Activity;
import igdrom.virtualigd.IgdModel;
import igdrom.virtualigd.Picture;
import igdrom.virtualigd.VirtualIgd;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Boots a guest with a ROM and judges the result.
public final class Bench {
    private static final long NANOS = 1_000_000_000L;
    private static final int ACTIVITY_SAMPLE_MILLIS = 300;
    private static final Image CONTINUE = Image.ofHex("01000000");

    private final TestMachine machine;
    private final Emulator emulator;
    private final int seconds;
    private long deadline;
    private final Expectation expected;
    private final List<GpuServer> gpus = new ArrayList<>();
    private final List<Observations.Look> looks = new ArrayList<>();
    private Optional<Picture> picture = Optional.empty();
    private Observations.@Nullable Picture pictureFacts;
    private @Nullable Interruption interruption;

    private Bench(TestMachine machine, Emulator emulator, int seconds) {
        this.machine = machine;
        this.emulator = emulator;
        this.seconds = seconds;
        this.expected = Expectations.of(machine);
    }

    /// What the witness in the guest sends.
    private sealed interface WitnessEvent {
        record Report(Witness witness) implements WitnessEvent {}

        record Malformed(String problem) implements WitnessEvent {}

        /// QEMU closed its output.
        record End() implements WitnessEvent {}
    }

    /// Boots a guest and judges what its drivers did.
    ///
    /// @param seconds time limit
    /// @throws IOException when QEMU cannot be started or its files cannot be written
    public static Outcome run(TestMachine machine, Emulator emulator, int seconds)
            throws IOException {
        return run(machine, emulator, seconds, Scratch.create());
    }

    /// The same, keeping the files of the run.
    ///
    /// @param directory must not exist yet
    public static Outcome run(TestMachine machine, Emulator emulator, int seconds, Path directory)
            throws IOException {
        return run(machine, emulator, seconds, Scratch.keeping(directory));
    }

    /// @param scratch closed at the end
    static Outcome run(TestMachine machine, Emulator emulator, int seconds, Scratch scratch)
            throws IOException {
        try (scratch) {
            return new Bench(machine, emulator, seconds).run(scratch);
        }
    }

    private Outcome run(Scratch scratch) throws IOException {
        MachineFiles files = MachineFiles.create(machine, emulator, scratch);
        gpus.addAll(files.gpus());
        LogSocket log = files.log();
        try (InputStream in = Bench.class.getResourceAsStream(QemuCommand.WITNESS)) {
            if (in == null) {
                throw new IllegalStateException("this build contains no witness");
            }
            MachineFiles.write(scratch, QemuCommand.WITNESS, Image.of(in.readAllBytes()));
        }
        List<String> arguments = QemuCommand.witness(machine, emulator.firmware());
        scratch.keep("arguments", arguments);
        QemuProcess qemu = QemuProcess.start(emulator, arguments, scratch);
        deadline = System.nanoTime() + seconds * NANOS;
        String ending = watch(qemu, log, files.ram());
        String gop =
                ending.isEmpty() && expected.gop()
                        ? gopDiagnosis().ended(gpus.getFirst().device().activity())
                        : "";
        Observations seen = new Observations(looks, pictureFacts, ending, gop);
        scratch.keep("qemu.log", qemu.lines());
        scratch.keep("driver.log", log.lines());
        Interruption byQemu = Interruptions.ofQemu(qemu.lines());
        List<Activity> activities = new ArrayList<>();
        gpus.forEach(gpu -> activities.add(gpu.device().activity()));
        return new Outcome(
                verdict(seen).interrupted(byQemu == null ? interruption : byQemu),
                expected,
                seen,
                picture,
                activities,
                qemu.lines(),
                log.lines());
    }

    private Verdict verdict(Observations seen) throws IOException {
        IgdModel model = machine.gpus().getFirst();
        if (model.host().isVirtualFunction()) {
            return VirtualFunctionJudge.verdict(expected, seen);
        }
        HostState host = Hosts.of(machine, gpus.getFirst().device().hostPages());
        if (host.raw()) {
            return RawJudge.verdict(expected, host, seen);
        }
        Verdict verdict = Judge.verdict(expected, seen);
        List<Verdict.Check> checks = new ArrayList<>(verdict.checks());
        List<String> notProved = new ArrayList<>(verdict.notProved());
        HostJudge.judge(expected, seen, host, checks, notProved);
        if (QemuCommand.lowBars(machine)) {
            notProved.add(
                    "a guest whose firmware puts BAR2 above 4 GiB: there the GOP of "
                            + model.platform().codename()
                            + " writes over the guest's memory (this guest has"
                            + " opt/ovmf/X-PciMmio64Mb=0)");
        }
        if (!machine.rom().bytes().isEmpty() && !looks.isEmpty()) {
            OptionalLong baseline = MemoryBaseline.of(machine, emulator, seconds);
            MemoryJudge.judge(expected, seen, baseline, checks, notProved);
        }
        return new Verdict(checks, notProved);
    }

    /// Inspects the guest at each report of the witness. Before the last ExitBootServices, waits
    /// for the picture.
    ///
    /// @return why a report is missing; empty when all came
    private String watch(QemuProcess qemu, LogSocket log, GuestRam ram) {
        BlockingQueue<WitnessEvent> events = new LinkedBlockingQueue<>();
        Thread.ofPlatform()
                .daemon()
                .name("igdrom-witness")
                .start(() -> listen(qemu.output(), events));
        GuestInspector inspector = new GuestInspector(expected, ram, gpus);
        while (!isComplete()) {
            if (looks.size() > expected.looks()) {
                return "the guest started again by itself";
            }
            WitnessEvent next = await(events);
            switch (next) {
                case null -> {
                    return outOfTime(qemu, log);
                }
                case WitnessEvent.Report(Witness witness) -> {
                    Observations.Look look = inspector.look(witness);
                    if (witness.exit().isPresent() && !looks.isEmpty()) {
                        looks.addLast(looks.removeLast().with(look));
                    } else {
                        looks.add(look);
                        watchPicture(qemu);
                    }
                    resume(witness);
                }
                case WitnessEvent.Malformed(String problem) -> {
                    return problem;
                }
                case WitnessEvent.End() -> {
                    return qemu.ending() + lastLine(log);
                }
            }
        }
        return "";
    }

    private boolean isComplete() {
        return looks.size() == expected.looks() && looks.getLast().afterExit() != null;
    }

    private void watchPicture(QemuProcess qemu) {
        if (looks.size() == expected.looks() && Judge.hasGop(expected, looks)) {
            PictureWatch watch = new PictureWatch(gpus.getFirst(), qemu, deadline);
            picture = watch.settled();
            pictureFacts = picture.map(watch::facts).orElse(null);
            if (watch.ranOut()) {
                interruption = Interruptions.ofTime(seconds, qemu.processorTime(), false);
            }
        }
    }

    private @Nullable WitnessEvent await(BlockingQueue<WitnessEvent> events) {
        try {
            return events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static void listen(InputStream port, BlockingQueue<WitnessEvent> events) {
        WitnessStream stream = new WitnessStream(port);
        try {
            for (Optional<Witness> next = stream.next(); next.isPresent(); next = stream.next()) {
                events.add(new WitnessEvent.Report(next.get()));
            }
            events.add(new WitnessEvent.End());
        } catch (MalformedImageException e) {
            events.add(new WitnessEvent.Malformed(String.valueOf(e.getMessage())));
        } catch (IOException _) {
            events.add(new WitnessEvent.End());
        }
    }

    private void resume(Witness witness) {
        try {
            if (gpus.getFirst().guest().isPresent()) {
                gpus.getFirst().guest().get().write(witness.goOn(), CONTINUE);
            }
        } catch (IOException _) {
            // The witness continues by itself after a timeout.
        }
    }

    /// Why the guest has not come up within the time limit: a GOP that never returns stops the
    /// whole machine.
    private String outOfTime(QemuProcess qemu, LogSocket log) {
        VirtualIgd device = gpus.getFirst().device();
        Activity now = device.activity();
        List<String> printed = log.lines();
        try {
            Thread.sleep(ACTIVITY_SAMPLE_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        Activity later = device.activity();
        boolean standsStill = GopDiagnosis.standsStill(now, later) && printed.equals(log.lines());
        interruption = Interruptions.ofTime(seconds, qemu.processorTime(), standsStill);
        if (interruption != null) {
            return interruption.text();
        }
        String gop = expected.gop() ? "; " + gopDiagnosis().running(now, later) : "";
        return "the guest did not boot in time" + lastLine(log) + gop;
    }

    private GopDiagnosis gopDiagnosis() {
        return GopDiagnosis.of(machine, expected, gpus.getFirst());
    }

    private static String lastLine(LogSocket log) {
        List<String> lines = log.lines();
        return lines.isEmpty() ? "" : "; the last line of its log is \"" + lines.getLast() + "\"";
    }
}
