package igdrom.bench;

import igdrom.bench.judge.Expectation;
import igdrom.bench.judge.Judge;
import igdrom.bench.judge.Observations;
import igdrom.bench.judge.Verdict.Interruption;
import igdrom.bench.witness.Witness;
import igdrom.bench.witness.WitnessStream;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.virtualigd.Activity;
import igdrom.virtualigd.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Boots a guest with a ROM and judges the result.
public final class Bench {
    private static final long NANOS = 1_000_000_000L;
    private static final long PROGRESS_NANOS = NANOS / 2;
    private static final int ACTIVITY_SAMPLE_MILLIS = 300;

    /// Observed: a guest of an emulated host leaves the device alone for 60 seconds of processor
    /// time while its firmware starts, and for less than this afterwards.
    private static final Duration HOST_SAMPLE = Duration.ofSeconds(20);

    private static final Duration HOST_SAMPLE_WALL = Duration.ofMinutes(2);
    private static final Image CONTINUE = Image.ofHex("01000000");

    private final GuestStart start;
    private final TestMachine machine;
    private final int seconds;
    private final Consumer<String> progress;
    private long deadline;
    private final Expectation expected;
    private final List<GpuServer> gpus = new ArrayList<>();
    private final List<Observations.Look> looks = new ArrayList<>();
    private Optional<Picture> picture = Optional.empty();
    private Observations.@Nullable Picture pictureFacts;
    private @Nullable Interruption interruption;

    private Bench(GuestStart start, TestMachine machine, int seconds, Consumer<String> progress) {
        this.start = start;
        this.progress = progress;
        this.machine = machine;
        this.seconds = seconds;
        this.expected = start.expected();
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

    /// The same, with progress, and keeping the files of the run on request.
    ///
    /// @param kept a directory that does not exist yet, to keep the files of the run in; null to
    ///   keep nothing
    /// @param progress is told what is happening, more than once a second
    /// @throws IOException when QEMU cannot be started or its files cannot be written
    public static Outcome run(
            TestMachine machine,
            Emulator emulator,
            int seconds,
            @Nullable Path kept,
            Consumer<String> progress)
            throws IOException {
        GuestStart start = new DirectStart(machine, emulator, seconds);
        return run(start, machine, seconds, Scratch.createOrKeep(kept), progress);
    }

    /// Boots a guest whose host is a Linux kernel with QEMU, and judges what all of them did.
    ///
    /// @param seconds time limit
    /// @param kept a directory that does not exist yet, to keep the files of the run in; null to
    ///   keep nothing
    /// @param progress is told what is happening, more than once a second
    /// @throws IOException when QEMU cannot be started or its files cannot be written
    public static Outcome runHostStack(
            TestMachine machine,
            Emulator emulator,
            HostStack stack,
            int seconds,
            @Nullable Path kept,
            Consumer<String> progress)
            throws IOException {
        GuestStart start =
                new HostStackStart(machine, emulator, stack, HostStackStart.Program.WITNESS);
        return run(start, machine, seconds, Scratch.createOrKeep(kept), progress);
    }

    /// Boots a guest that has the real device of this machine, and judges what its drivers did. The
    /// device is as it was before when this returns, when it throws, and when the JVM is stopped by
    /// a signal.
    ///
    /// @param machine with the id, the class and the GGC of the device
    /// @param seconds time limit
    /// @param kept a directory that does not exist yet, to keep the files of the run in; null to
    ///   keep nothing
    /// @param progress is told what is happening, more than once a second
    /// @throws IOException when the device cannot be lent, or QEMU cannot be started
    public static Outcome runOnHost(
            TestMachine machine,
            Emulator emulator,
            LentDevice device,
            int seconds,
            @Nullable Path kept,
            Consumer<String> progress)
            throws IOException {
        try (Scratch scratch = Scratch.createOrKeep(kept)) {
            RealDeviceStart start =
                    RealDeviceStart.lend(device, machine, emulator, scratch, progress);
            try {
                return new Bench(start, machine, seconds, progress).run(scratch);
            } finally {
                start.giveBack();
            }
        }
    }

    /// @param scratch closed at the end
    static Outcome run(TestMachine machine, Emulator emulator, int seconds, Scratch scratch)
            throws IOException {
        return run(new DirectStart(machine, emulator, seconds), machine, seconds, scratch, _ -> {});
    }

    /// @param scratch closed at the end
    private static Outcome run(
            GuestStart start,
            TestMachine machine,
            int seconds,
            Scratch scratch,
            Consumer<String> progress)
            throws IOException {
        try (scratch) {
            return new Bench(start, machine, seconds, progress).run(scratch);
        }
    }

    private Outcome run(Scratch scratch) throws IOException {
        GuestStart.Started started = start.start(scratch);
        gpus.addAll(started.gpus());
        LogSocket log = started.log();
        QemuProcess qemu = started.qemu();
        deadline = System.nanoTime() + seconds * NANOS;
        String ending = watch(started);
        String gop =
                ending.isEmpty() && expected.gop() && !gpus.isEmpty()
                        ? gopDiagnosis().ended(gpus.getFirst().device().activity())
                        : "";
        Observations seen = new Observations(looks, pictureFacts, ending, gop);
        Interruption byQemu = start.keepLogs(started, scratch);
        List<Activity> activities = new ArrayList<>();
        gpus.forEach(gpu -> activities.add(gpu.device().activity()));
        return new Outcome(
                start.verdict(seen, started).interrupted(byQemu == null ? interruption : byQemu),
                expected,
                seen,
                picture,
                activities,
                Stream.concat(qemu.lines().stream(), start.hostLines().stream()).toList(),
                log.lines());
    }

    /// Inspects the guest at each report of the witness. Before the last ExitBootServices, waits
    /// for the picture.
    ///
    /// @return why a report is missing; empty when all came
    private String watch(GuestStart.Started started) {
        QemuProcess qemu = started.qemu();
        LogSocket log = started.log();
        BlockingQueue<WitnessEvent> events = new LinkedBlockingQueue<>();
        Thread.ofPlatform()
                .daemon()
                .name("igdrom-witness")
                .start(() -> listen(qemu.output(), events));
        GuestInspector inspector = new GuestInspector(start, started.memory(), expected, gpus);
        while (!isComplete()) {
            if (looks.size() > expected.looks()) {
                return "the guest started again by itself";
            }
            WitnessEvent next = await(started, events);
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
                        watchPicture(started, witness);
                    }
                    resume(started, witness);
                }
                case WitnessEvent.Malformed(String problem) -> {
                    return problem;
                }
                case WitnessEvent.End() -> {
                    return qemu.ending() + log.lastWords();
                }
            }
        }
        return "";
    }

    private boolean isComplete() {
        return looks.size() == expected.looks() && looks.getLast().afterExit() != null;
    }

    private void watchPicture(GuestStart.Started started, Witness witness) {
        QemuProcess qemu = started.qemu();
        if (looks.size() == expected.looks() && Judge.hasGop(expected, looks)) {
            progress.accept("the picture settles");
            PictureWatch watch = new PictureWatch(start.screen(started, witness), qemu, deadline);
            picture = watch.settled();
            pictureFacts = picture.map(watch::facts).orElse(null);
            if (watch.ranOut()) {
                interruption =
                        Interruptions.ofTime(
                                seconds, start.processorTime(), qemu.processorTime(), false);
            }
        }
    }

    /// The next event; null when the time is over.
    private @Nullable WitnessEvent await(
            GuestStart.Started started, BlockingQueue<WitnessEvent> events) {
        try {
            WitnessEvent next = null;
            for (long left = deadline - System.nanoTime();
                    next == null && left > 0;
                    left = deadline - System.nanoTime()) {
                progress.accept(stage(started));
                next = events.poll(Math.min(left, PROGRESS_NANOS), TimeUnit.NANOSECONDS);
            }
            return next;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /// What is happening; where that takes minutes, with their number.
    private String stage(GuestStart.Started started) {
        String stage = start.stage(started);
        return isInEmulatedHost()
                ? Interruptions.minutes(stage, seconds, deadline - System.nanoTime())
                : stage;
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

    private static void resume(GuestStart.Started started, Witness witness) {
        try {
            started.memory().write(witness.goOn(), CONTINUE);
        } catch (IOException _) {
            // The witness continues by itself after a timeout.
        }
    }

    /// Why the guest has not come up within the time limit: a GOP that never returns stops the
    /// whole machine.
    private String outOfTime(QemuProcess qemu, LogSocket log) {
        Optional<Activity> now = activity();
        List<String> printed = log.lines();
        sample(qemu);
        Optional<Activity> later = activity();
        // What a real device is asked to do is not known.
        boolean standsStill =
                printed.equals(log.lines())
                        && (now.isEmpty()
                                || GopDiagnosis.standsStill(now.get(), later.orElseThrow()));
        interruption =
                Interruptions.ofTime(
                        seconds, start.processorTime(), qemu.processorTime(), standsStill);
        if (interruption != null) {
            return interruption.text();
        }
        String gop =
                expected.gop() && now.isPresent()
                        ? "; " + gopDiagnosis().running(now.get(), later.orElseThrow())
                        : "";
        return "the guest did not boot in time" + log.lastWords() + gop;
    }

    /// What the guest has asked the virtual device to do; empty when the device is real.
    private Optional<Activity> activity() {
        return gpus.isEmpty() ? Optional.empty() : Optional.of(gpus.getFirst().device().activity());
    }

    /// Whether the guest's host is a guest itself, whose device is virtual.
    private boolean isInEmulatedHost() {
        return expected.wholeHost() && !gpus.isEmpty();
    }

    /// Waits for what a guest that works does in the meantime: in an emulated host, until it has
    /// had enough of the processor.
    private void sample(QemuProcess qemu) {
        Duration start = qemu.processorTime();
        long end = System.nanoTime() + HOST_SAMPLE_WALL.toNanos();
        try {
            do {
                Thread.sleep(ACTIVITY_SAMPLE_MILLIS);
            } while (isInEmulatedHost()
                    && System.nanoTime() < end
                    && qemu.processorTime().minus(start).compareTo(HOST_SAMPLE) < 0);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private GopDiagnosis gopDiagnosis() {
        return GopDiagnosis.of(machine, expected, gpus.getFirst());
    }
}
