package igdrom.rom;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.formats.oprom.OptionRom;
import igdrom.formats.oprom.RomBuilder;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.PeImage;
import igdrom.samples.SampleGop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The inputs that fuzzing starts from, renewed by `-Dgolden=write`.
class RomSeedsTest {
    @Test
    void fuzzing_starts_from_a_small_rom() throws IOException {
        check("rom_is_checked_or_refused", "rom", rom());
    }

    /// A legacy image, a GOP and a compressed program that cannot be decompressed.
    private static Image rom() {
        PciId device = PciId.intel(0x46d1);
        RomBuilder builder = new RomBuilder(device, RomBuilder.VGA, List.of());
        PeImage gop = SampleGop.driver(21, 0, 1066, List.of(device));
        Emitter out = new Emitter();
        OptionRom.of(
                        List.of(
                                builder.legacy(Image.ofHex("cb0000"), Image.EMPTY),
                                builder.efi(11, 0x8664, 0, gop.raw()),
                                builder.efi(11, 0x8664, 1, Image.ofHex("04000000 00100000"))))
                .write(out);
        return out.toImage();
    }

    private static void check(String method, String name, Image built) throws IOException {
        String directory = RomFuzzTest.class.getName().replace('.', '/') + "Inputs";
        Path file = Path.of("src/test/resources", directory, method, name);
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(file.resolveSibling("."));
            Files.write(file, built.toByteArray());
        }
        assertThat(Image.load(file)).as("%s, renewed by -Dgolden=write", file).isEqualTo(built);
    }
}
