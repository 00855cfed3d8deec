package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.driver.RomData;
import igdrom.formats.pci.PciId;
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

    @Test
    void truncated_rom_is_damaged() {
        Image whole = Roms.of(PciId.intel(0x46d1), RomData.NONE).bytes();
        assertThat(RomContents.read(whole, Location.root("igd.rom")).damage()).isEmpty();
        Image cut = whole.slice(0, whole.size() - 512);
        assertThat(RomContents.read(cut, Location.root("igd.rom")).damage().orElseThrow())
                .startsWith("igd.rom/image 1")
                .endsWith("0x%x are left".formatted(cut.size()));
    }

    @Test
    void gop_gets_the_vbt_that_was_repacked_for_it() {
        Image repacked = Image.ofHex("01");
        Image ofOpRegion = Image.ofHex("02");
        RomData data = RomData.NONE.withPolicyVbt(repacked);
        assertThat(Roms.of(PciId.intel(0x46d1), data).vbtForGop(ofOpRegion)).isEqualTo(repacked);
        assertThat(Roms.of(PciId.intel(0x46d1), RomData.NONE).vbtForGop(ofOpRegion))
                .isEqualTo(ofOpRegion);
    }

    private static void refuses(Image file, String kind) {
        assertThatThrownBy(() -> RomContents.read(file, Location.root("bios.bin")))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage(
                        "bios.bin +0x0: not an option ROM, which starts with 55 aa, but: " + kind);
    }
}
