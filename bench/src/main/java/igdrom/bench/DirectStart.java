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
import igdrom.bench.witness.Witness;
import igdrom.virtualigd.IgdModel;
import igdrom.virtualigd.VirtualIgd;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A guest that has the virtual device of the bench itself: the bench plays the part of vfio and of
/// QEMU's igd.c.
final class DirectStart implements GuestStart {
    private final TestMachine machine;
    private final Emulator emulator;
    private final int seconds;
    private final Expectation expected;
    private @Nullable MemoryBaseline baseline;

    DirectStart(TestMachine machine, Emulator emulator, int seconds) {
        this.machine = machine;
        this.emulator = emulator;
        this.seconds = seconds;
        this.expected = Expectations.of(machine);
    }

    @Override
    public Expectation expected() {
        return expected;
    }

    @Override
    public Started start(Scratch scratch) throws IOException {
        MachineFiles files = MachineFiles.create(machine, emulator, scratch);
        MachineFiles.write(scratch, QemuCommand.WITNESS, MachineFiles.witness());
        List<String> arguments = QemuCommand.witness(machine, emulator.firmware());
        scratch.keep("arguments", arguments);
        QemuProcess qemu = QemuProcess.start(emulator, arguments, scratch);
        // Reads the firmware, for which there is time while the guest boots.
        baseline = MemoryBaseline.of(machine, emulator);
        return new Started(files.gpus(), files.ram(), files.log(), qemu);
    }

    @Override
    public Registers registers(Expectation.Gpu gpu, @Nullable GpuServer server, Witness witness) {
        VirtualIgd device = Objects.requireNonNull(server).device();
        return new Registers(device.asls(), device.bdsm());
    }

    @Override
    public List<String> hostLines() {
        return List.of();
    }

    @Override
    public Duration processorTime() {
        return Interruptions.NEEDED;
    }

    @Override
    public String stage(Started started) {
        return started.log().lines().isEmpty() ? "the firmware starts" : "the ROM runs";
    }

    @Override
    public Verdict verdict(Observations seen, Started started) throws IOException {
        IgdModel model = machine.gpus().getFirst();
        if (model.host().isVirtualFunction()) {
            return VirtualFunctionJudge.verdict(expected, seen);
        }
        HostState host = Hosts.of(machine, started.gpus().getFirst().device().hostPages());
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
        if (!machine.rom().bytes().isEmpty() && !seen.looks().isEmpty()) {
            OptionalLong bytes = Objects.requireNonNull(baseline).bytes(seconds);
            MemoryJudge.judge(expected, seen, bytes, checks, notProved);
        }
        return new Verdict(checks, notProved);
    }
}
