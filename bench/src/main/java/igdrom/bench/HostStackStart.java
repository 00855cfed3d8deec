package igdrom.bench;

import igdrom.bench.judge.Expectation;
import igdrom.bench.judge.Judge;
import igdrom.bench.judge.Observations;
import igdrom.bench.judge.Verdict;
import igdrom.bench.linux.HostConsole;
import igdrom.bench.linux.HostInitramfs;
import igdrom.bench.linux.HostStackJudge;
import igdrom.bench.linux.Initramfs;
import igdrom.bench.linux.VfioOpRegion;
import igdrom.bench.setup.Kernel;
import igdrom.bench.setup.Qemu;
import igdrom.bench.witness.Witness;
import igdrom.bytes.Image;
import igdrom.vfiouser.server.Server;
import igdrom.virtualigd.LpcBridge;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A guest of a guest: the outer one is a Linux host that binds the virtual device to vfio-pci and
/// starts QEMU, whose igd.c sets the inner guest up. Nothing of them is changed.
final class HostStackStart implements GuestStart {
    /// Spec: Linux, Documentation/admin-guide/mm/hugetlbpage.rst.
    private static final int HUGE_PAGE_MIB = 2;

    private static final int CONSOLE_LINES = 500;

    private static final String GUEST_LOG = "guest.socket";

    private final TestMachine machine;
    private final Emulator emulator;
    private final HostStack stack;
    private final Qemu qemu;
    private final Program program;
    private final VfioOptions options;
    private final Expectation expected;
    private @Nullable LogSocket console;

    /// What the guest boots.
    enum Program {
        /// The witness of the bench.
        WITNESS,
        /// The host's kernel, with i915.
        LINUX
    }

    /// @param machine that the inner guest has
    HostStackStart(TestMachine machine, Emulator emulator, HostStack stack, Program program) {
        this.machine = machine;
        this.emulator = emulator;
        this.stack = stack;
        Qemu other = stack.qemu();
        this.qemu = other == null ? emulator.qemu() : other;
        this.program = program;
        this.options = VfioOptions.of(stack.options(), machine, this.qemu);
        TestMachine offered =
                machine.toBuilder()
                        .opRegion(VfioOpRegion.offered(machine.opRegion(), HostStackCommand.ASLS))
                        .build();
        this.expected = Expectations.of(options.guest(offered, qemu)).withWholeHost();
    }

    @Override
    public Expectation expected() {
        return expected;
    }

    @Override
    public Started start(Scratch scratch) throws IOException {
        writeInitramfs(scratch);
        MachineFiles.write(scratch, QemuCommand.PRESET, machine.opRegion());
        GpuServer gpu =
                scratch.own(
                        GpuServer.listen(
                                HostStackCommand.device(machine),
                                scratch.file(QemuCommand.gpuSocket(0)),
                                /* mapsPageTable= */ false));
        if (machine.lpc().isPresent()) {
            LpcBridge bridge = new LpcBridge(machine.lpc().get(), 0);
            scratch.own(Server.listen(scratch.file(QemuCommand.LPC), bridge, Map.of()));
        }
        console = scratch.own(LogSocket.listen(scratch.file(QemuCommand.LOG), CONSOLE_LINES));
        LogSocket log =
                scratch.own(LogSocket.listen(scratch.file(GUEST_LOG), LogSocket.DRIVER_LINES));
        List<String> arguments =
                HostStackCommand.host(machine, stack.kernel().image(), GUEST_LOG, expected);
        scratch.keep("arguments", arguments);
        QemuProcess outer = QemuProcess.start(emulator, arguments, scratch);
        // Only the device can read the guest's memory: through the IOMMU of the host.
        return new Started(List.of(gpu), new DeviceMemory(gpu), log, outer);
    }

    /// The guest's memory as the device reads it.
    private record DeviceMemory(GpuServer gpu) implements Memory {
        private static final int CHUNK = 1 << 20;

        @Override
        public Optional<Image> read(long address, int size) {
            return gpu.read(address, size);
        }

        @Override
        public OptionalLong firstNonZero(long start, long size) {
            for (long at = 0; at < size; at += CHUNK) {
                int count = (int) Math.min(CHUNK, size - at);
                Optional<Image> chunk = gpu.read(start + at, count);
                if (chunk.isEmpty()) {
                    return OptionalLong.empty();
                }
                long other = chunk.get().indexOfOtherThan(0, 0);
                if (other < count) {
                    return OptionalLong.of(start + at + other);
                }
            }
            return OptionalLong.of(start + size);
        }

        @Override
        public void write(long address, Image bytes) throws IOException {
            if (gpu.guest().isPresent()) {
                gpu.guest().get().write(address, bytes);
            }
        }
    }

    private void writeInitramfs(Scratch scratch) throws IOException {
        Path tree = qemu.tree();
        if (tree == null) {
            throw new IOException("an installed QEMU cannot be put into the host");
        }
        Qemu inside = Qemu.in(HostInitramfs.tree(), "", "");
        Map<String, Image> files = new HashMap<>();
        files.put(HostStackCommand.CODE, Image.load(emulator.firmware().code()));
        files.put(HostStackCommand.VARIABLES, Image.load(emulator.firmware().vars()));
        files.put(QemuCommand.ROM, machine.rom().bytes());
        switch (program) {
            case WITNESS -> files.put(QemuCommand.WITNESS, MachineFiles.witness());
            case LINUX -> {
                Kernel kernel = stack.kernel();
                files.put(HostStackCommand.KERNEL, Image.load(kernel.image()));
                ByteArrayOutputStream archive = new ByteArrayOutputStream();
                Initramfs.write(
                        kernel.busybox(), kernel.modules(), Initramfs.Patience.IN_HOST, archive);
                files.put(QemuCommand.INITRAMFS, Image.of(archive.toByteArray()));
            }
        }
        int memory = HostStackCommand.guestMemory(expected);
        HostInitramfs.Contents contents =
                new HostInitramfs.Contents(
                        tree,
                        files,
                        HostStackCommand.guest(
                                machine, memory, options.words(), stack.processor(), program),
                        inside.environment(),
                        memory / HUGE_PAGE_MIB);
        try (OutputStream out = Files.newOutputStream(scratch.file(QemuCommand.INITRAMFS))) {
            HostInitramfs.write(stack.kernel(), modules(), contents, out);
        }
    }

    private List<String> modules() {
        List<String> modules = new ArrayList<>();
        if (machine.type() == MachineType.PC) {
            modules.add("virtio_iommu");
        }
        modules.addAll(List.of("vfio_pci", "vfio_iommu_type1"));
        if (stack.processor() == HostStack.Processor.SVM) {
            modules.add(HostInitramfs.KVM);
        }
        return modules;
    }

    /// What the guest reads: the host's QEMU answers for both registers, the device has the host's.
    @Override
    public Registers registers(Expectation.Gpu gpu, @Nullable GpuServer server, Witness witness) {
        return Registers.of(gpu, witness);
    }

    @Override
    public Verdict verdict(Observations seen, Started started) {
        return withHost(Judge.verdict(expected, seen));
    }

    /// A verdict on the guest, after the checks of its host.
    Verdict withHost(Verdict guest) {
        HostStackJudge.Asked asked =
                new HostStackJudge.Asked(
                        options.copyBridge(),
                        stack.processor() == HostStack.Processor.SVM,
                        program == Program.LINUX);
        List<Verdict.Check> checks =
                new ArrayList<>(HostStackJudge.checks(expected, asked, console()));
        checks.addAll(guest.checks());
        return new Verdict(checks, guest.notProved());
    }

    @Override
    public List<String> hostLines() {
        return console().lines();
    }

    @Override
    public Duration processorTime() {
        return Interruptions.NEEDED_IN_HOST;
    }

    @Override
    public String stage(Started started) {
        if (!console().qemuStarted()) {
            return "the host's kernel starts";
        }
        return started.log().lines().isEmpty()
                ? "the host's QEMU starts the guest's firmware"
                : program == Program.LINUX
                        ? "the ROM and Linux run in the guest"
                        : "the ROM runs in the guest";
    }

    private HostConsole console() {
        return new HostConsole(console == null ? List.of() : console.lines());
    }
}
