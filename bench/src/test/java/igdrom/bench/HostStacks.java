package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bench.setup.Kernel;
import igdrom.bench.setup.Tools;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.driver.RomData;
import igdrom.fetch.Environment;
import igdrom.firmware.gop.Gop;
import igdrom.firmware.lpc.LpcEditException;
import igdrom.formats.opregion.OpRegionBuilder;
import igdrom.formats.pci.PciId;
import igdrom.testing.Corpus;
import igdrom.virtualigd.IgdModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whole hosts for tests, and machines for their guests. Without a kernel the tests are skipped.
final class HostStacks {
    /// More than any run takes, also on a busy machine.
    static final int SECONDS = 3600;

    /// Of the outer QEMU. A run may take 2.5 GiB; this program needs some of it.
    private static final long MAX_QEMU_KIB = 2 << 20;

    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+([0-9]+) kB");

    private HostStacks() {}

    /// A device with a GOP that draws.
    enum Board {
        COFFEE_LAKE(0x3e92, 0xa308, "gop/mrcb_soc_intel_cml_IntelGopDriver.efi", ""),
        ALDER_LAKE_N(
                0x46d1,
                0x5481,
                "gop/dasharo_novacustom_ns5x_adl_IntelGopDriver.efi",
                "vbt/hardkernel-odroid-h4.vbt");

        private final int id;
        private final int bridge;
        private final String gop;
        private final String vbt;

        /// @param bridge the LPC bridge of its board
        /// @param vbt in the host's OpRegion; empty for a sample
        Board(int id, int bridge, String gop, String vbt) {
            this.id = id;
            this.bridge = bridge;
            this.gop = gop;
            this.vbt = vbt;
        }

        PciId id() {
            return PciId.intel(id);
        }

        /// The host's OpRegion.
        Image opRegion() throws IOException {
            if (vbt.isEmpty()) {
                return Roms.opRegion("COFFEELAKE");
            }
            Emitter region = new Emitter();
            OpRegionBuilder.around(Corpus.image(vbt)).write(region);
            return region.toImage();
        }

        /// The machine of a guest that has the GOP, for q35 edited for the board's bridge.
        TestMachine drawing(MachineType type) throws IOException, LpcEditException {
            Gop found = EditedGopTest.gop(Corpus.image(gop));
            Image program =
                    type == MachineType.PC
                            ? found.image()
                            : EditedGopTest.edited(found, PciId.intel(bridge));
            return machine(Roms.withGop(id(), program), type);
        }

        /// The machine of a guest without a GOP.
        TestMachine dark(MachineType type) throws IOException {
            return machine(Roms.of(id(), RomData.NONE), type);
        }

        TestMachine machine(RomContents rom, MachineType type) throws IOException {
            TestMachine.Builder builder =
                    TestMachine.builder(rom, IgdModel.of(id()), type)
                            .files(opRegion(), 64 << 20, 0);
            if (type == MachineType.PC) {
                builder.lpc(PciId.intel(bridge));
            }
            return builder.build();
        }
    }

    /// A host that emulates its guest's processor.
    static HostStack tcg() throws IOException {
        return HostStack.of(kernel());
    }

    /// The fastest host: with emulated SVM where the kernel has KVM.
    static HostStack fastest() throws IOException {
        Kernel kernel = kernel();
        return HostStack.of(kernel)
                .withProcessor(
                        kernel.canRunKvm() ? HostStack.Processor.SVM : HostStack.Processor.TCG);
    }

    static void onlyWithAll() {
        assumeTrue(Boolean.getBoolean("igdrom.all"), "takes minutes; only with -Digdrom.all=true");
    }

    /// Runs a guest, and checks how much memory that takes.
    ///
    /// @param directory that does not exist yet
    static Outcome run(TestMachine machine, HostStack stack, Path directory) throws IOException {
        AtomicLong peak = new AtomicLong();
        Outcome outcome =
                Bench.runHostStack(
                        machine,
                        Emulators.any(),
                        stack,
                        SECONDS,
                        directory,
                        _ -> peak.accumulateAndGet(memoryOfChildren(), Math::max));
        assertThat(peak.get()).isBetween(1L, MAX_QEMU_KIB);
        return outcome;
    }

    /// The most memory that a program which this one has started has had, in KiB.
    private static long memoryOfChildren() {
        return ProcessHandle.current().children().mapToLong(HostStacks::peak).max().orElse(0);
    }

    /// The most memory that a process has had, in KiB; 0 when it has ended.
    static long peak(ProcessHandle process) {
        try {
            Path status = Path.of("/proc", Long.toString(process.pid()), "status");
            Matcher matcher = PEAK.matcher(Files.readString(status));
            return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
        } catch (IOException _) {
            // It has ended.
            return 0;
        }
    }

    /// The system property `igdrom.tools` names a directory with other tools.
    private static Kernel kernel() throws IOException {
        String named = System.getProperty("igdrom.tools", "");
        Environment environment = Environment.ofMachine();
        Tools tools =
                Tools.find(
                        named.isEmpty() ? environment : environment.withDirectory(Path.of(named)));
        assumeTrue(
                tools.kernel().filter(Kernel::canBeHost).isPresent(),
                "no kernel with vfio-pci: igdrom test --setup --host-stack");
        return tools.kernel().orElseThrow();
    }
}
