package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bench.linux.HostInitramfs;
import igdrom.bench.linux.OwnerInitramfs;
import igdrom.bench.setup.Kernel;
import igdrom.bench.setup.Ovmf;
import igdrom.bench.setup.Qemu;
import igdrom.bench.setup.Tools;
import igdrom.bytes.Image;
import igdrom.fetch.Environment;
import igdrom.virtualigd.IgdModel;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/// A machine of somebody who owns an Intel GPU, in emulation: a Linux host on which igdrom is
/// installed, and whose IGD is the virtual one. Nothing of kernel, QEMU, OVMF and igdrom is
/// changed. Skipped without QEMU, OVMF and a kernel with vfio-pci.
final class OwnerMachine {
    /// What igdrom needs of the JDK, as its packages have it.
    private static final String MODULES = "java.base,java.logging,java.xml";

    /// Libraries that only tests need.
    private static final String TEST_LIBRARIES =
            ".*/(junit|assertj|archunit|byte-buddy|jazzer|teavm|opentest4j|apiguardian|slf4j"
                    + "|commonmark)[^/]*";

    /// Twice the initramfs, the guest's memory, and what igdrom and QEMU need.
    private static final int MEMORY_MIB = 1792;

    private static final int CONSOLE_LINES = 2000;

    private final Emulator emulator;
    private final Kernel kernel;
    private final TestMachine board;
    private final Path runtime;

    private OwnerMachine(Emulator emulator, Kernel kernel, TestMachine board, Path runtime) {
        this.emulator = emulator;
        this.kernel = kernel;
        this.board = board;
        this.runtime = runtime;
    }

    /// @param board with the device, and the OpRegion that its firmware leaves
    /// @param work a directory for a Java runtime
    static OwnerMachine of(TestMachine board, Path work) throws IOException {
        Tools tools = Tools.find(Environment.ofMachine());
        assumeTrue(tools.qemu().map(Qemu::tree).isPresent(), "no fetched QEMU");
        assumeTrue(tools.ovmf().isPresent(), "no OVMF");
        assumeTrue(tools.kernel().filter(Kernel::canBeHost).isPresent(), "no kernel with vfio-pci");
        return new OwnerMachine(
                new Emulator(tools.qemu().orElseThrow(), tools.ovmf().orElseThrow()),
                tools.kernel().orElseThrow(),
                board,
                runtime(work.resolve("runtime")));
    }

    /// Makes a Java runtime with what igdrom needs.
    ///
    /// @param runtime a directory that does not exist yet
    static Path runtime(Path runtime) {
        int code =
                ToolProvider.findFirst("jlink")
                        .orElseThrow()
                        .run(
                                new PrintStream(OutputStream.nullOutputStream()),
                                System.err,
                                "--add-modules",
                                MODULES,
                                "--strip-debug",
                                "--no-header-files",
                                "--no-man-pages",
                                "--generate-cds-archive",
                                "--output",
                                runtime.toString());
        assertThat(code).isZero();
        return runtime;
    }

    /// What the host prints until it switches itself off.
    ///
    /// @param roms by name, in the root directory
    List<String> run(Map<String, Image> roms, String script, int minutes) throws IOException {
        try (Scratch scratch = Scratch.create()) {
            writeInitramfs(scratch, roms, script);
            MachineFiles.write(scratch, QemuCommand.PRESET, board.opRegion());
            IgdModel device = HostStackCommand.device(board);
            scratch.own(GpuServer.listen(device, scratch.file(QemuCommand.gpuSocket(0)), false));
            LogSocket console =
                    scratch.own(LogSocket.listen(scratch.file(QemuCommand.LOG), CONSOLE_LINES));
            scratch.own(LogSocket.listen(scratch.file("unused.socket"), 1));
            QemuProcess qemu =
                    QemuProcess.start(
                            emulator,
                            HostStackCommand.host(
                                    board, kernel.image(), "unused.socket", MEMORY_MIB),
                            scratch);
            awaitEnd(qemu, console, minutes);
            return console.lines();
        }
    }

    private static void awaitEnd(QemuProcess qemu, LogSocket console, int minutes) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
        try {
            while (qemu.alive() && System.nanoTime() < end) {
                TimeUnit.SECONDS.sleep(1);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        assertThat(qemu.alive()).as("still running: %s", console.lines()).isFalse();
    }

    private void writeInitramfs(Scratch scratch, Map<String, Image> roms, String script)
            throws IOException {
        Ovmf firmware = emulator.firmware();
        Map<String, Image> files = new HashMap<>(roms);
        files.put("usr/share/OVMF/OVMF_CODE_4M.fd", Image.load(firmware.code()));
        files.put("usr/share/OVMF/OVMF_VARS_4M.fd", Image.load(firmware.vars()));
        OwnerInitramfs.Contents contents =
                new OwnerInitramfs.Contents(
                        Objects.requireNonNull(emulator.qemu().tree()),
                        runtime,
                        classPath(),
                        files,
                        modules(),
                        script);
        try (OutputStream out = Files.newOutputStream(scratch.file(QemuCommand.INITRAMFS))) {
            OwnerInitramfs.write(kernel, contents, out);
        }
    }

    /// With KVM where the kernel has it: the guest is then several times as fast.
    private List<String> modules() {
        List<String> modules = new ArrayList<>(List.of("vfio_pci", "vfio_iommu_type1"));
        if (kernel.canRunKvm()) {
            modules.add(HostInitramfs.KVM);
        }
        return modules;
    }

    /// The class path of igdrom: that of this test, without what only tests need.
    static List<Path> classPath() {
        String all =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(all.split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(Files::exists)
                .filter(path -> !path.endsWith("test-classes"))
                .filter(path -> !path.endsWith("src/test/resources"))
                .filter(path -> !path.toString().matches(TEST_LIBRARIES))
                .filter(path -> !path.toString().endsWith("-tests.jar"))
                .toList();
    }
}
