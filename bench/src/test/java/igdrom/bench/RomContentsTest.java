package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.samples.SampleFlash;
import igdrom.samples.SampleGop;
import java.util.List;
import org.junit.jupiter.api.Test;

class RomContentsTest {
    @Test
    void file_that_is_not_a_rom_is_identified() {
        refuses(SampleFlash.make(), "SPI flash with Intel descriptor; a ROM can be built from it");
        refuses(
                SampleGop.driver(21, 0, 1066, List.of()).raw(),
                "EFI program; a ROM can be built from it");
        refuses(Image.ofHex("504b0304000000000000000000000000000000000000000000000000"), "archive");
    }

    private static void refuses(Image file, String kind) {
        assertThatThrownBy(() -> RomContents.read(file, Location.root("bios.bin")))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage(
                        "bios.bin +0x0: not an option ROM, which starts with 55 aa, but: " + kind);
    }
}
