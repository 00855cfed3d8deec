package igdrom.virtualigd;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.formats.opregion.OpRegionBuilder;
import igdrom.formats.oprom.OptionRom;
import igdrom.formats.oprom.RomBuilder;
import igdrom.formats.pci.PciId;
import igdrom.testing.Corpus;
import igdrom.virtualigd.QemuMachine.Igd;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Real GOPs set a mode and draw the UEFI shell.
class GopTest {
    private static final int X64 = 0x8664;
    private static final int BOOT_SERVICE_DRIVER = 11;

    /// Text in grey, white and yellow on black.
    private static final int SHELL_COLOURS = 4;

    @TempDir Path directory = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "8086:0126, 8086:1c4f, mrcb_soc_intel_snb_IntelGopDriver.efi, lenovo-t420.vbt",
        "8086:3e92, 8086:a308, mrcb_soc_intel_cml_IntelGopDriver.efi, hardkernel-odroid-h4.vbt",
        "8086:46a6, 8086:5182, dasharo_novacustom_ns5x_adl_IntelGopDriver.efi,"
                + "hardkernel-odroid-h4.vbt",
        "8086:7d55, 8086:7e02, dasharo_novacustom_v5x0tu_IntelGopDriver.efi,"
                + "framework-marigold.vbt",
    })
    void board_gop_draws_the_shell(String device, String lpc, String gop, String vbt)
            throws Exception {
        PciId id = PciId.of(device);
        LpcBridge bridge = new LpcBridge(PciId.of(lpc), 0x10);
        drawsTheShell(IgdModel.of(id), bridge, rom(id, "gop/" + gop), vbt);
    }

    /// The GOP reads config 0x4c of the bridge and gives up where bit 1 is clear.
    @Test
    void gop_of_braswell_draws_beside_a_bridge_with_the_base_of_the_gpio_registers()
            throws Exception {
        PciId id = PciId.of("8086:22b1");
        // Source: coreboot, src/soc/intel/braswell/include/soc/iomap.h, IO_BASE_ADDRESS.
        LpcBridge bridge = new LpcBridge(PciId.of("8086:229c"), 0x10).withIoBase(0xfed8_0000L);
        drawsTheShell(
                IgdModel.of(id),
                bridge,
                rom(id, "gop-more/mrcb_soc_intel_bsw_IntelGopDriver.efi"),
                "google-cyan-banon.vbt",
                "-fw_cfg",
                "name=opt/ovmf/X-PciMmio64Mb,string=0");
    }

    private static Image rom(PciId id, String gop) {
        RomBuilder rom = new RomBuilder(id, RomBuilder.VGA, List.of());
        Emitter out = new Emitter();
        OptionRom.of(
                        List.of(
                                rom.efi(BOOT_SERVICE_DRIVER, X64, 0, driver()),
                                rom.efi(BOOT_SERVICE_DRIVER, X64, 0, Corpus.image(gop))))
                .write(out);
        return out.toImage();
    }

    @Test
    void foreign_rom_draws_the_shell() throws Exception {
        drawsTheShell(
                IgdModel.of(PciId.of("8086:a780")).withRevision(4),
                new LpcBridge(PciId.of("8086:7a84"), 0x10),
                Corpus.image("oprom/gangqizai_2in1_rom_igd_rpls.rom"),
                "hardkernel-odroid-h4.vbt");
    }

    private void drawsTheShell(
            IgdModel model, LpcBridge bridge, Image rom, String vbt, String... arguments)
            throws Exception {
        Emitter opRegion = new Emitter();
        OpRegionBuilder.around(Corpus.image("vbt/" + vbt)).write(opRegion);
        try (QemuMachine machine = new QemuMachine(directory, "pc")) {
            machine.add(arguments);
            machine.add(
                    "-fw_cfg",
                    "name=etc/igd-opregion,file=" + file("opregion", opRegion.toImage()));
            Igd igd = machine.igd(model, file("igd.rom", rom));
            machine.lpc(bridge);
            machine.start();
            boolean drawn = machine.await(() -> colours(igd) == SHELL_COLOURS);
            assertThat(drawn)
                    .as(machine.output() + machine.debug() + igd.device().activity())
                    .isTrue();
            assertThat(igd.device().picture(igd.guest()))
                    .get()
                    .extracting(Picture::width, Picture::height)
                    .containsExactly(800, 600);
            assertThat(igd.server().lastFailure()).isEmpty();
        }
    }

    private static int colours(Igd igd) {
        try {
            var guest = igd.server().connection().orElse(null);
            Optional<Picture> picture = igd.device().picture(guest);
            return picture.isEmpty() ? 0 : picture.get().colours(SHELL_COLOURS + 1);
        } catch (IOException _) {
            return 0;
        }
    }

    private Path file(String name, Image image) throws IOException {
        return Files.write(directory.resolve(name), image.toByteArray());
    }

    private static Image driver() {
        try (InputStream in = GopTest.class.getResourceAsStream("/igdrom/driver/igdrom.efi")) {
            return Image.of(Objects.requireNonNull(in).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
