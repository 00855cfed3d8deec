package igdrom.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.driver.RomData.Dock;
import igdrom.driver.RomData.Lid;
import igdrom.testing.Bruises;
import org.junit.jupiter.api.Test;

class RomDataTest {
    private static final Location SECTION = Location.root(".igdrom");

    static final RomData DATA =
            new RomData(
                    Lid.CLOSED,
                    Dock.UNDOCKED,
                    false,
                    true,
                    true,
                    0x3e92,
                    0x8d80_0000L,
                    0x0400_0000,
                    Image.ofAscii("an OpRegion"),
                    Image.EMPTY);

    @Test
    void data_is_laid_out_as_documented() {
        assertThat(DATA.image())
                .isEqualTo(
                        Image.ofHex(
                                """
                                4947445244415441 0100 4000 4b000000 03cb483c
                                02 01 02 01 923e 000000000000
                                0000808d00000000 0000000400000000
                                40000000 0b000000 0000000000000000
                                616e204f70526567696f6e
                                """));
        assertThat(RomData.NONE.image().slice(0x14, 0x2c))
                .isEqualTo(Image.ofHex("00000300" + "00".repeat(0x28)));
    }

    @Test
    void read_returns_what_was_written() {
        assertThat(RomData.read(DATA.image(), SECTION)).isEqualTo(DATA);
        assertThat(RomData.read(RomData.NONE.image(), SECTION)).isEqualTo(RomData.NONE);
        Image padded = new Emitter().image(DATA.image()).fill(0xff, 21).toImage();
        assertThat(RomData.read(padded, SECTION)).isEqualTo(DATA);
    }

    @Test
    void read_refuses_data_that_the_driver_refuses() {
        refuses(Image.ofHex("00"), ".igdrom +0x0: Signature needs 0x8 bytes, 0x1 are left");
        refuses(patched(0, "48"), ".igdrom +0x0: Signature is not \"IGDRDATA\"");
        refuses(patched(8, "02"), ".igdrom +0x8: Version is 0x0002, expected 0x0001");
        refuses(patched(0xa, "41"), ".igdrom +0xa: HeaderSize is 0x0041, expected 0x0040");
        refuses(patched(0xc, "4c"), ".igdrom +0xc: Size is 0x4c, the section has 0x4b bytes");
        refuses(patched(0xc, "3f"), ".igdrom +0xc: Size is 0x3f, the section has 0x4b bytes");
        refuses(patched(0xe, "0900"), ".igdrom +0xc: Size is 0x9004b, the maximum is 0x80000");
        refuses(summed(0x14, "03"), ".igdrom +0x14: Lid is 3, the maximum is 2");
        refuses(summed(0x15, "ff"), ".igdrom +0x15: Dock is 255, the maximum is 2");
        refuses(
                summed(0x20, "01"),
                ".igdrom +0x20: base 0x8d800001 and size 0x4000000 of stolen memory are not"
                        + " multiples of 1 MiB");
        refuses(
                summed(0x23, "fe"),
                ".igdrom +0x20: stolen memory of 0x4000000 bytes at 0xfe800000 does not end below"
                        + " 4 GiB");
        refuses(
                summed(0x30, "4100"),
                ".igdrom +0x30: OpRegionOffset 0x41 and OpRegionSize 0xb are not inside the 0x4b"
                        + " bytes of data");
        refuses(
                summed(0x30, "3f00"),
                ".igdrom +0x30: OpRegionOffset 0x3f and OpRegionSize 0xb are not inside the 0x4b"
                        + " bytes of data");
        assertThatThrownBy(() -> RomData.read(patched(0x18, "93"), SECTION))
                .hasMessageMatching("\\.igdrom \\+0x10: Crc is 0x\\w{8}, the data has 0x\\w{8}");
    }

    @Test
    void every_bruise_reads_or_is_refused() {
        Bruises.all(DATA.image(), bruised -> RomData.read(bruised, SECTION));
    }

    @Test
    void invalid_data_cannot_be_built() {
        assertThatThrownBy(() ->
                        new RomData(
                                Lid.OPEN,
                                Dock.DOCKED,
                                true,
                                true,
                                false,
                                0,
                                0xffff_ffff_fff0_0000L,
                                0x10_0000,
                                Image.EMPTY,
                                Image.EMPTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "stolen memory of 0x100000 bytes at 0xfffffffffff00000 does not end below 4"
                                + " GiB");
    }

    private static void refuses(Image data, String message) {
        assertThatThrownBy(() -> RomData.read(data, SECTION))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage(message);
    }

    private static Image patched(long offset, String hex) {
        return new Emitter().image(DATA.image()).patch(offset, Image.ofHex(hex)).toImage();
    }

    private static Image summed(long offset, String hex) {
        return summed(patched(offset, hex));
    }

    /// The same with a valid checksum, so that the rules checked after it are reached.
    static Image summed(Image data) {
        if (data.size() < 0x14) {
            return data;
        }
        Image zeroed = new Emitter().image(data).patch(0x10, Image.of(new byte[4])).toImage();
        long size = Math.min(zeroed.u32(0x0c), zeroed.size());
        long crc = zeroed.slice(0, size).crc32();
        return new Emitter().image(zeroed).patch(0x10, new Emitter().u32(crc).toImage()).toImage();
    }
}
