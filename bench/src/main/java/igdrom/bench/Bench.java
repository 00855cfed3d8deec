package igdrom.bench;

import igdrom.bench.judge.Expectation;
import igdrom.bench.judge.Judge;
import igdrom.bench.judge.Observations;
import igdrom.bench.witness.Witness;
import igdrom.bench.witness.WitnessStream;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.virtualigd.Activity;
import igdrom.virtualigd.Picture;
import igdrom.virtualigd.VirtualIgd;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs a ROM in a guest and looks at what becomes of it.
public final class Bench {
    private static final long NANOS = 1_000_000_000L;
    private static final int MOMENT_MILLIS = 300;
    private static final Image GO_ON = Image.ofHex("01000000");

    private final TestMachine setting;
    private final Emulator emulator;
    private final long deadline;
    private final Expectation expected;
    private final List<GpuServer> gpus = new ArrayList<>();
    private final List<Observations.Look> looks = new ArrayList<>();

    private Bench(TestMachine setting, Emulator emulator, int seconds) {
        this.setting = setting;
        this.emulator = emulator;
        this.deadline = System.nanoTime() + seconds * NANOS;
        this.expected = Expectations.of(setting);
    }

    /// What the guest did, and what QEMU and the drivers said meanwhile.
    private sealed interface Told {
        record Report(Witness witness) implements Told {}

        record Broken(String problem) implements Told {}

        record End() implements Told {}
    }

    /// Boots the guest, and judges.
    ///
    /// @param seconds how long it may take at most
    /// @throws IOException when the machine lacks what is needed
    public static Outcome run(TestMachine setting, Emulator emulator, int seconds)
            throws IOException {
        return run(setting, emulator, seconds, Scratch.create());
    }

    /// The same, and the files of the run stay in this folder.
    ///
    /// @param folder does not exist yet
    public static Outcome run(TestMachine setting, Emulator emulator, int seconds, Path folder)
            throws IOException {
        return run(setting, emulator, seconds, Scratch.keeping(folder));
    }

    /// @param scratch is closed
    static Outcome run(TestMachine setting, Emulator emulator, int seconds, Scratch scratch)
            throws IOException {
        try (scratch) {
            return new Bench(setting, emulator, seconds).run(scratch);
        }
    }

    private Outcome run(Scratch scratch) throws IOException {
        MachineFiles hardware = MachineFiles.set(setting, emulator, scratch);
        gpus.addAll(hardware.gpus());
        LogSocket log = hardware.log();
        try (InputStream in = Bench.class.getResourceAsStream(QemuCommand.WITNESS)) {
            if (in == null) {
                throw new IllegalStateException("no witness in this build of igdrom");
            }
            MachineFiles.write(scratch, QemuCommand.WITNESS, Image.of(in.readAllBytes()));
        }
        List<String> arguments = QemuCommand.witness(setting, emulator.firmware().code());
        scratch.note("arguments", arguments);
        QemuProcess qemu = QemuProcess.start(emulator, arguments, scratch);
        String ending = watch(qemu, log);
        Optional<Picture> picture = Optional.empty();
        if (ending.isEmpty() && expected.gop()) {
            picture = new PictureWatch(gpus.getFirst(), qemu, deadline).settled();
        }
        String gop =
                ending.isEmpty() && expected.gop()
                        ? atWork().ended(gpus.getFirst().device().activity())
                        : "";
        Observations seen =
                new Observations(looks, picture.map(PictureWatch::facts).orElse(null), ending, gop);
        scratch.note("qemu.log", qemu.lines());
        scratch.note("driver.log", log.lines());
        List<Activity> activities = new ArrayList<>();
        gpus.forEach(gpu -> activities.add(gpu.device().activity()));
        return new Outcome(
                Judge.verdict(expected, seen),
                expected,
                seen,
                picture,
                activities,
                qemu.lines(),
                log.lines());
    }

    /// Looks as often as the witness reports. Why there is no more than was seen, in words.
    private String watch(QemuProcess qemu, LogSocket log) {
        BlockingQueue<Told> told = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> listen(qemu.output(), told), "igdrom-witness");
        reader.setDaemon(true);
        reader.start();
        GuestInspector looking = new GuestInspector(expected, gpus);
        while (looks.size() < expected.looks()) {
            Told next = await(told);
            switch (next) {
                case null -> {
                    return "the guest did not come up in time" + lastWord(log) + gopAtWork();
                }
                case Told.Report(Witness witness) -> {
                    looks.add(looking.look(witness));
                    goOn(witness);
                }
                case Told.Broken(String problem) -> {
                    return problem;
                }
                case Told.End() -> {
                    return qemu.ending() + lastWord(log);
                }
            }
        }
        return "";
    }

    private @Nullable Told await(BlockingQueue<Told> told) {
        try {
            return told.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static void listen(InputStream port, BlockingQueue<Told> told) {
        WitnessStream stream = new WitnessStream(port);
        try {
            for (Optional<Witness> next = stream.next(); next.isPresent(); next = stream.next()) {
                told.add(new Told.Report(next.get()));
            }
            told.add(new Told.End());
        } catch (MalformedImageException e) {
            told.add(new Told.Broken(String.valueOf(e.getMessage())));
        } catch (IOException _) {
            told.add(new Told.End());
        }
    }

    private void goOn(Witness witness) {
        try {
            if (gpus.getFirst().guest().isPresent()) {
                gpus.getFirst().guest().get().write(witness.goOn(), GO_ON);
            }
        } catch (IOException _) {
            // It goes on by itself after a while.
        }
    }

    /// A GOP that does not come back stops the machine for good.
    private String gopAtWork() {
        if (!expected.gop()) {
            return "";
        }
        VirtualIgd device = gpus.getFirst().device();
        Activity now = device.activity();
        try {
            Thread.sleep(MOMENT_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return "; " + atWork().running(now, device.activity());
    }

    private GopDiagnosis atWork() {
        return GopDiagnosis.of(setting, expected, gpus.getFirst());
    }

    private static String lastWord(LogSocket log) {
        List<String> lines = log.lines();
        return lines.isEmpty() ? "" : "; its driver last said \"" + lines.getLast() + "\"";
    }
}
