package igdrom.bench;

import igdrom.bench.host.DeviceBinding;
import igdrom.bench.host.OfferedRegions;
import igdrom.bench.judge.Expectation;
import igdrom.bench.judge.Judge;
import igdrom.bench.judge.Observations;
import igdrom.bench.judge.Verdict;
import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.linux.HostConsole;
import igdrom.bench.linux.HostInitramfs;
import igdrom.bench.linux.HostStackJudge;
import igdrom.bench.witness.Witness;
import igdrom.bytes.Image;
import igdrom.knowledge.Platform;
import igdrom.virtualigd.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A guest that has the real device of this machine: the kernel's vfio-pci and QEMU's igd.c hand it
/// over, as they do for the owner's own guests.
final class RealDeviceStart implements GuestStart {
    /// How long the last picture stays, so that the owner can look at it.
    private static final int LOOK_SECONDS = 10;

    /// Observed nowhere: a guess for a processor that runs the guest itself.
    private static final Duration NEEDED_WITH_KVM = Duration.ofSeconds(10);

    private static final String TRACE = "vfio_pci_igd";

    private final LentDevice device;
    private final TestMachine machine;
    private final Emulator emulator;
    private final VfioOptions options;
    private final Expectation expected;
    private final DeviceBinding binding;
    private final Consumer<String> progress;
    private @Nullable QemuProcess qemu;
    private @Nullable QemuMonitor monitor;

    private RealDeviceStart(
            LentDevice device,
            TestMachine machine,
            Emulator emulator,
            DeviceBinding binding,
            Consumer<String> progress) {
        this.device = device;
        this.machine = machine;
        this.emulator = emulator;
        this.options = VfioOptions.of(device.options(), machine, emulator.qemu());
        this.expected =
                Expectations.of(options.guest(machine, emulator.qemu()))
                        .withWholeHost()
                        .withHiddenDisplay();
        this.binding = binding;
        this.progress = progress;
    }

    /// Binds the device, and reads what the kernel offers with it.
    ///
    /// @param scratch gives the device back at the end of the JVM, however it ends
    static RealDeviceStart lend(
            LentDevice device,
            TestMachine machine,
            Emulator emulator,
            Scratch scratch,
            Consumer<String> progress)
            throws IOException {
        progress.accept("vfio-pci takes the device");
        DeviceBinding binding = scratch.own(DeviceBinding.of(LentDevice.ROOT, device.address()));
        binding.take();
        Image region = opRegion(device);
        long stolen =
                machine.gpus().getFirst().platform().stolenInGuest()
                        ? machine.gpus().getFirst().stolenSize()
                        : 0;
        TestMachine offered = machine.toBuilder().files(region, stolen, 0).build();
        return new RealDeviceStart(device, offered, emulator, binding, progress);
    }

    private static Image opRegion(LentDevice device) throws IOException {
        try {
            return OfferedRegions.read(device.group(), device.address())
                    .opRegion()
                    .orElseThrow(() -> new IOException("the kernel offers no OpRegion"));
        } catch (IOException e) {
            throw new IOException(
                    "%s cannot go to a guest: %s (the kernel log may say why: dmesg | grep vfio)"
                            .formatted(device.address(), e.getMessage()),
                    e);
        }
    }

    @Override
    public Expectation expected() {
        return expected;
    }

    @Override
    public Started start(Scratch scratch) throws IOException {
        MachineFiles.write(scratch, QemuCommand.ROM, machine.rom().bytes());
        MachineFiles.write(scratch, QemuCommand.WITNESS, MachineFiles.witness());
        GuestRam ram = scratch.own(GuestRam.create(machine, expected));
        Files.createSymbolicLink(scratch.file(QemuCommand.RAM), ram.path());
        Files.copy(emulator.firmware().vars(), scratch.file(QemuCommand.VARIABLES));
        LogSocket log =
                scratch.own(
                        LogSocket.listen(scratch.file(QemuCommand.LOG), LogSocket.DRIVER_LINES));
        monitor = scratch.own(QemuMonitor.listen(scratch, RealDeviceCommand.MONITOR));
        List<String> arguments =
                RealDeviceCommand.guest(machine, emulator.firmware(), device, options.words());
        scratch.keep("arguments", arguments);
        QemuProcess started = QemuProcess.start(emulator, arguments, scratch);
        qemu = started;
        return new Started(List.of(), ram, log, started);
    }

    @Override
    public Registers registers(Expectation.Gpu gpu, @Nullable GpuServer server, Witness witness) {
        return Registers.of(gpu, witness);
    }

    @Override
    public Screen screen(Started started, Witness witness) {
        Expectation.Gpu gpu = expected.gpus().getFirst();
        Platform platform = machine.gpus().getFirst().platform();
        return RealScreen.of(Objects.requireNonNull(monitor), gpu.location(), witness, platform)
                .orElse(DARK);
    }

    /// No GOP drives the device.
    private static final Screen DARK =
            new Screen() {
                @Override
                public Optional<Picture> picture() {
                    return Optional.empty();
                }

                @Override
                public List<Long> pages() {
                    return List.of();
                }
            };

    @Override
    public List<String> hostLines() {
        return List.of();
    }

    @Override
    public Duration processorTime() {
        return device.kvm() ? NEEDED_WITH_KVM : Interruptions.NEEDED;
    }

    @Override
    public String stage(Started started) {
        return started.log().lines().isEmpty() ? "the firmware starts" : "the ROM runs";
    }

    @Override
    public Verdict verdict(Observations seen, Started started) throws IOException {
        if (seen.picture() != null && started.qemu().alive()) {
            look();
        }
        List<Check> checks = new ArrayList<>();
        List<String> notProved = new ArrayList<>();
        host(started.qemu().lines(), checks, notProved);
        Verdict verdict = Judge.verdict(expected, seen);
        for (Check check : verdict.checks()) {
            // Nobody but the device itself can write to memory as the device does.
            if (check.id().equals("stolen.memory") && check.ok()) {
                notProved.add("stolen memory as the device reads it: the monitor shows that");
            } else {
                checks.add(check);
            }
        }
        notProved.addAll(verdict.notProved());
        notProved.remove(Judge.REAL_HARDWARE);
        notProved.add("the drivers of the operating system");
        checks.add(givenBack());
        return new Verdict(checks, notProved);
    }

    private void look() {
        try {
            for (int left = LOOK_SECONDS; left > 0; left--) {
                progress.accept(
                        "look at the monitor: the guest's picture stays for %d s".formatted(left));
                TimeUnit.SECONDS.sleep(1);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The part of kernel and QEMU.
    private void host(List<String> lines, List<Check> checks, List<String> notProved) {
        List<String> console = new ArrayList<>();
        console.add(HostInitramfs.FACT + "driver vfio-pci");
        console.add(HostInitramfs.FACT + "group " + device.group());
        console.add(HostInitramfs.FACT + "members " + device.address());
        console.add(HostInitramfs.FACT + "qemu starts");
        lines.forEach(line -> console.add(HostInitramfs.QEMU + line));
        boolean traced = lines.stream().anyMatch(line -> line.contains(TRACE));
        HostStackJudge.Asked asked =
                new HostStackJudge.Asked(
                        traced && options.copyBridge(), /* kvm= */ false, /* interrupts= */ false);
        for (Check check : HostStackJudge.checks(expected, asked, new HostConsole(console))) {
            boolean answered = traced || !check.id().equals("host.stolen");
            if (answered && !check.id().equals("host.processor")) {
                checks.add(check);
            }
        }
        if (!device.kvm()) {
            notProved.add("KVM: it does not work here, so QEMU has emulated the guest's processor");
        }
        if (!traced) {
            notProved.add("which size of stolen memory QEMU emulates: this QEMU traces nothing");
        }
    }

    private Check givenBack() {
        String before = binding.before().text();
        try {
            giveBack();
            return new Check("host.back", true, "the host has its device as before: " + before);
        } catch (IOException e) {
            return new Check("host.back", false, String.valueOf(e.getMessage()));
        }
    }

    /// Ends the guest and restores the driver of the device.
    ///
    /// @throws IOException when it is not as before
    void giveBack() throws IOException {
        if (qemu != null) {
            qemu.close();
        }
        binding.close();
    }
}
