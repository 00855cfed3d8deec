package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.formats.oprom.OptionRom;
import igdrom.formats.oprom.RomImage;
import igdrom.formats.pci.PciId;
import igdrom.plan.RomRequest;
import igdrom.samples.SampleVgaBios;
import igdrom.testing.Corpus;
import igdrom.virtualigd.Activity;
import igdrom.virtualigd.IgdModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// ROMs with a VGA BIOS in a guest with SeaBIOS.
class SeaBiosTest {
    private static final PciId IVY_BRIDGE = PciId.intel(0x0166);
    private static final String STARTED = "Running option rom at c000:0003";

    /// What SeaBIOS logs when the VGA BIOS has returned.
    private static final String GOES_ON = "Turning on vga text mode console";

    private static final long SECONDS = 300;
    private static final int POLL_MILLIS = 100;

    @TempDir Path directory = Path.of("");

    @Test
    void vga_bios_starts_and_does_not_use_the_base_that_it_had_saved() throws Exception {
        RomImage copied = SampleVgaBios.of(IVY_BRIDGE, 0xbba0_0000L);
        RomContents rom = BuiltRom.of(RomRequest.of(IVY_BRIDGE), copied);
        assertThat(log(rom, SampleVgaBios.READS))
                .contains(STARTED)
                .doesNotContain(SampleVgaBios.SAVED);
    }

    /// Shows that the test above can fail.
    @Test
    void vga_bios_that_is_not_cleared_uses_the_base_that_it_had_saved() throws Exception {
        RomImage copied = SampleVgaBios.of(IVY_BRIDGE, 0xbba0_0000L);
        RomContents rom = RomContents.read(copied.raw(), Location.root("vbios.rom"));
        assertThat(log(rom, SampleVgaBios.SAVED)).contains(STARTED);
    }

    @Test
    void real_vga_bios_starts_and_returns() throws Exception {
        Image file = Corpus.image("oprom/x230t_vbios.bin");
        Image copied = new Emitter().image(file).patch(0x5d3b, Image.ofHex("0000a0bb")).toImage();
        RomImage vgaBios =
                OptionRom.read(copied, Location.root("vbios.rom"), new Diagnostics())
                        .images()
                        .getFirst();
        RomContents rom = BuiltRom.of(RomRequest.of(IVY_BRIDGE), vgaBios);
        Run run = run(rom, GOES_ON);
        assertThat(run.log()).containsSubsequence(STARTED, GOES_ON);
        assertThat(run.activity().last())
                .as("it reads the device's registers through BAR4, of I/O ports")
                .anyMatch(entry -> entry.region() == 4 && !entry.write());
    }

    private record Run(List<String> log, Activity activity) {}

    private List<String> log(RomContents rom, String awaited) throws Exception {
        return run(rom, awaited).log();
    }

    /// Boots the ROM until `awaited` is logged, or for a limited time.
    private Run run(RomContents rom, String awaited) throws Exception {
        Emulator emulator = Emulators.any();
        TestMachine machine =
                TestMachine.builder(rom, IgdModel.of(IVY_BRIDGE), MachineType.PC).build();
        try (Scratch scratch = Scratch.createIn(directory)) {
            MachineFiles files = MachineFiles.create(machine, emulator, scratch);
            List<String> arguments = arguments(machine, emulator);
            QemuProcess qemu = QemuProcess.start(emulator, arguments, scratch);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            while (qemu.alive()
                    && !files.log().lines().contains(awaited)
                    && System.nanoTime() < end) {
                Thread.sleep(POLL_MILLIS);
            }
            assertThat(qemu.lines()).isEmpty();
            return new Run(files.log().lines(), files.gpus().getFirst().device().activity());
        }
    }

    /// Those of the bench without OVMF and the witness: QEMU's own firmware is SeaBIOS.
    private static List<String> arguments(TestMachine machine, Emulator emulator)
            throws IOException {
        List<String> arguments = new ArrayList<>();
        Iterator<String> all = QemuCommand.witness(machine, emulator.firmware()).iterator();
        while (all.hasNext()) {
            String option = all.next();
            if (option.equals("-kernel") || option.equals("-drive")) {
                String _ = all.next();
            } else {
                arguments.add(option);
            }
        }
        return arguments;
    }
}
