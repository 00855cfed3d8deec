package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bench.setup.Ovmf;
import igdrom.driver.RomData;
import igdrom.formats.pci.PciId;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Our ROM under newer builds of OVMF.
class FirmwareBuildsTest {
    private static final PciId ALDER_LAKE = PciId.intel(0x46a6);
    private static final int SECONDS = 900;

    @TempDir Path directory = Path.of("");

    /// This version goes through the option ROMs twice.
    @Test
    void rom_passes_on_newer_firmware_and_after_a_reboot() throws IOException {
        passes(Emulators.builds().plain(), true);
    }

    /// The build that libvirt takes for a guest with Secure Boot.
    @Test
    void rom_passes_on_firmware_with_smm() throws IOException {
        passes(Emulators.builds().secureBoot(), true);
    }

    /// It starts images only whose sections are pages, not writable where executable, and which say
    /// so.
    @Test
    void rom_passes_on_firmware_that_demands_images_ready_for_memory_protection()
            throws IOException {
        passes(Emulators.builds().strictNx(), false);
    }

    private void passes(Ovmf firmware, boolean reboot) throws IOException {
        TestMachine.Builder machine = Roms.machine(Roms.of(ALDER_LAKE, RomData.NONE)).toBuilder();
        if (reboot) {
            machine.reboot();
        }
        Emulator emulator = new Emulator(Emulators.any().qemu(), firmware);
        Outcome outcome =
                Bench.run(machine.build(), emulator, SECONDS, Scratch.createIn(directory));
        assertThat(BenchTest.failed(outcome))
                .as(String.join("\n", outcome.driverLines()))
                .isEmpty();
    }
}
