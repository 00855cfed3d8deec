package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bench.judge.Expectation;
import igdrom.bench.setup.Ovmf;
import igdrom.bytes.Image;
import igdrom.driver.RomData;
import igdrom.formats.pci.PciId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Secure Boot in the guest, with Microsoft's keys: OVMF verifies programs on a disk, and starts
/// ROMs without verifying them.
///
/// Source: EDK2, OvmfPkgX64.dsc, PcdOptionRomImageVerificationPolicy.
class SecureBootTest {
    private static final PciId ALDER_LAKE = PciId.intel(0x46a6);
    private static final int SECONDS = 900;
    private static final String REFUSED = "Access Denied";

    /// How a report of the witness begins.
    private static final String REPORT = "IGDRWITN";

    @TempDir Path directory = Path.of("");

    @Test
    void unsigned_rom_sets_up_the_device_while_an_unsigned_program_is_refused() throws Exception {
        Guest guest = boot(Emulators.builds().enrolled(), REFUSED);
        assertThat(guest.console()).contains(REFUSED);
        assertThat(guest.programOutput()).isEmpty();
        assertThat(guest.opRegion()).isEqualTo(guest.wanted());
        assertThat(guest.bdsm()).isNotZero();
        assertThat(guest.driverLines())
                .anyMatch(line -> line.startsWith("igdrom: gop policy: done"));
    }

    @Test
    void the_same_program_starts_without_the_keys() throws Exception {
        Guest guest = boot(Emulators.builds().secureBoot(), REPORT);
        assertThat(guest.console()).doesNotContain(REFUSED);
        assertThat(guest.programOutput()).startsWith(REPORT);
        assertThat(guest.opRegion()).isEqualTo(guest.wanted());
    }

    /// @param console what the firmware printed
    /// @param programOutput what the program on the disk wrote
    private record Guest(
            String console,
            String programOutput,
            List<String> driverLines,
            Image opRegion,
            Image wanted,
            long bdsm) {}

    /// Boots a guest with the witness on a disk, until its console or the witness prints `last`.
    @SuppressWarnings("JdkObsolete") // StringBuffer: two threads share the output.
    private Guest boot(Ovmf firmware, String last) throws Exception {
        TestMachine machine = Roms.machine(Roms.of(ALDER_LAKE, RomData.NONE));
        Emulator emulator = new Emulator(Emulators.any().qemu(), firmware);
        Path disk = Files.createDirectories(directory.resolve("disk/EFI/BOOT"));
        try (InputStream in = Bench.class.getResourceAsStream(QemuCommand.WITNESS)) {
            Files.copy(Objects.requireNonNull(in), disk.resolve("BOOTX64.EFI"));
        }
        try (Scratch scratch = Scratch.createIn(directory)) {
            MachineFiles files = MachineFiles.create(machine, emulator, scratch);
            Path console = scratch.file("console");
            QemuProcess qemu = QemuProcess.start(emulator, arguments(machine, firmware), scratch);
            StringBuffer output = new StringBuffer();
            Thread.ofPlatform().daemon().start(() -> copy(qemu.output(), output));
            String printed = "";
            for (int polls = 0; polls < 10 * SECONDS && qemu.alive(); polls++) {
                printed = Files.exists(console) ? text(console) : "";
                if (printed.contains(last) || output.indexOf(last) >= 0) {
                    break;
                }
                Thread.sleep(100);
            }
            GpuServer gpu = files.gpus().getFirst();
            Expectation.OpRegion wanted =
                    Objects.requireNonNull(Expectations.of(machine).gpus().getFirst().opRegion());
            int size = (int) wanted.bytes().size();
            return new Guest(
                    printed,
                    output.toString(),
                    files.log().lines(),
                    gpu.read(gpu.device().asls(), size).orElse(Image.EMPTY),
                    wanted.bytes(),
                    gpu.device().bdsm());
        }
    }

    /// The arguments of the bench, with a disk in place of its kernel.
    private List<String> arguments(TestMachine machine, Ovmf firmware) {
        List<String> arguments = new ArrayList<>(QemuCommand.witness(machine, firmware));
        int kernel = arguments.indexOf("-kernel");
        arguments.subList(kernel, kernel + 2).clear();
        arguments.add("-drive");
        arguments.add("file=fat:rw:" + directory.resolve("disk") + ",format=raw,if=ide");
        arguments.add("-serial");
        arguments.add("file:console");
        return arguments;
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private static void copy(InputStream in, StringBuffer out) {
        byte[] bytes = new byte[4096];
        try (in) {
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                out.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException _) {
            // QEMU was killed.
        }
    }
}
