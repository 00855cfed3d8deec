package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.setup.Ovmf;
import igdrom.bench.setup.Qemu;
import igdrom.driver.RomData;
import igdrom.formats.pci.PciId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryBaselineTest {
    private static final int SECONDS = 900;
    private static final long MIB = 1 << 20;

    private final TestMachine machine = Roms.machine(Roms.of(PciId.intel(0x3e92), RomData.NONE));

    @TempDir Path directory = Path.of("");

    @Test
    void guest_that_does_not_come_up_has_no_baseline() throws IOException {
        Path empty = Files.write(directory.resolve("empty"), new byte[0]);
        Emulator emulator =
                new Emulator(
                        new Qemu(
                                "11.0",
                                List.of("sh", "-c", "exit 3", "qemu"),
                                Map.of(),
                                null,
                                "sh"),
                        new Ovmf(empty, empty, "none"));
        Path kept = directory.resolve("kept");
        assertThat(MemoryBaseline.in(kept, machine, emulator).bytes(10)).isEmpty();
        assertThat(kept).doesNotExist();
    }

    @Test
    void baseline_is_measured_once_and_a_rom_keeps_its_stolen_memory_beyond_it()
            throws IOException {
        Emulator emulator = Emulators.any();
        OptionalLong measured = MemoryBaseline.in(directory, machine, emulator).bytes(SECONDS);
        assertThat(measured).isPresent();
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
        Emulator broken =
                new Emulator(
                        new Qemu(
                                emulator.qemu().version(),
                                List.of("false"),
                                Map.of(),
                                null,
                                emulator.qemu().origin()),
                        emulator.firmware());
        assertThat(MemoryBaseline.in(directory, machine, broken).bytes(SECONDS))
                .isEqualTo(measured);
        Outcome outcome = Bench.run(machine, emulator, SECONDS, Scratch.createIn(directory));
        long kept = outcome.seen().looks().getFirst().witness().memory().keptBytes();
        assertThat(kept - measured.getAsLong()).isBetween(64 * MIB, 65 * MIB);
        assertThat(outcome.verdict().checks())
                .contains(
                        new Check(
                                "memory.kept",
                                true,
                                "nothing but OpRegion and stolen memory is kept from the operating"
                                        + " system"));
    }
}
