package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bench.setup.Kernel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The bug for which `KvmModule` changes a module is still there. When this test fails, igdrom need
/// not change it any more.
class QemuCr8Test {
    private static final Path SCRIPT =
            Path.of(System.getProperty("basedir", "."), "..", "docs", "qemu-cr8", "reproduce");

    @Test
    void script_in_the_documentation_makes_qemu_fail() throws Exception {
        HostStacks.onlyWithAll();
        Kernel kernel = HostStacks.tcg().kernel();
        assumeTrue(kernel.canRunKvm(), "no kernel with KVM: igdrom test --setup --host-stack");
        Emulator emulator = Emulators.any();
        Path qemu = emulator.qemu().tree();
        assumeTrue(qemu != null, "an installed QEMU cannot be put into the host");
        Process process =
                new ProcessBuilder(
                                SCRIPT.toString(),
                                Objects.requireNonNull(qemu).toString(),
                                kernel.image().resolve("../..").normalize().toString(),
                                emulator.firmware().code().resolveSibling(".").toString())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.MINUTES)).isTrue();
        assertThat(output)
                .contains("starting the inner QEMU")
                .contains("cpu_interrupt: assertion failed: (bql_locked())");
    }
}
