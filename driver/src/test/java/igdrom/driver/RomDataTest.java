package igdrom.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.driver.RomData.BuiltFor;
import igdrom.driver.RomData.Dock;
import igdrom.driver.RomData.Lid;
import igdrom.driver.RomData.OpRegionOrigin;
import igdrom.driver.RomData.Target;
import igdrom.testing.Bruises;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RomDataTest {
    private static final Location SECTION = Location.root(".igdrom");

    static final RomData DATA =
            RomData.NONE
                    .withLog(new RomData.Log(/* port= */ false, /* variable= */ true))
                    .withLid(Lid.CLOSED)
                    .withDock(Dock.UNDOCKED)
                    .withOpRegionWins(true)
                    .withTreatAs(0x3e92)
                    .withBuiltFor(
                            new BuiltFor(
                                    Set.of(Target.PC, Target.Q35),
                                    0x3e92,
                                    0xa306,
                                    OpRegionOrigin.VBT_FILE))
                    .withStolen(0x8d80_0000L, 0x0400_0000)
                    .withOpRegion(Image.ofAscii("an OpRegion"))
                    .withGopEdit(Image.ofAscii("an edit"))
                    .withPolicyVbt(Image.ofAscii("a VBT"))
                    .withOriginalVbt(Image.ofAscii("another"));

    @Test
    void data_is_laid_out_as_documented() {
        assertThat(DATA.image())
                .isEqualTo(
                        Image.ofHex(
                                """
                                4947445244415441 0200 6000 7e000000 0a5c9c74
                                02 01 02 01 923e 03 03 923e 06a3
                                0000808d00000000 0000000400000000
                                60000000 0b000000 6b000000 07000000
                                72000000 05000000 77000000 07000000
                                00000000000000000000000000000000
                                616e204f70526567696f6e
                                616e2065646974 6120564254 616e6f74686572
                                """));
        assertThat(RomData.NONE.image().slice(0x14, 0x4c))
                .isEqualTo(Image.ofHex("00000300" + "00".repeat(0x48)));
        assertThat(RomData.NONE.withAslsAlways(true).image().slice(0x17, 1))
                .isEqualTo(Image.ofHex("02"));
        RomData clearing = RomData.NONE.withClearsDisplayState(true);
        assertThat(clearing.image().slice(0x17, 1)).isEqualTo(Image.ofHex("04"));
        assertThat(RomData.read(clearing.image(), SECTION)).isEqualTo(clearing);
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
        refuses(patched(0xa, "41"), ".igdrom +0xa: HeaderSize is 0x0041, expected 0x0060");
        refuses(patched(0xc, "7f"), ".igdrom +0xc: Size is 0x7f, the section has 0x7e bytes");
        refuses(patched(0xc, "5f"), ".igdrom +0xc: Size is 0x5f, the section has 0x7e bytes");
        refuses(patched(0xe, "0900"), ".igdrom +0xc: Size is 0x9007e, the maximum is 0x80000");
        refuses(summed(0x14, "03"), ".igdrom +0x14: Lid is 3, the maximum is 2");
        refuses(summed(0x15, "ff"), ".igdrom +0x15: Dock is 255, the maximum is 2");
        refuses(summed(0x1b, "05"), ".igdrom +0x1b: OpRegionOrigin is 5, the maximum is 4");
        refuses(
                summed(0x20, "01"),
                ".igdrom +0x20: base 0x8d800001 and size 0x4000000 of stolen memory are not"
                        + " multiples of 1 MiB");
        refuses(
                summed(0x23, "fe"),
                ".igdrom +0x20: stolen memory of 0x4000000 bytes at 0xfe800000 does not end below"
                        + " 4 GiB");
        refuses(
                summed(0x30, "7e00"),
                ".igdrom +0x30: OpRegionOffset 0x7e and OpRegionSize 0xb are not inside the 0x7e"
                        + " bytes of data");
        refuses(
                summed(0x38, "5f00"),
                ".igdrom +0x38: GopEditOffset 0x5f and GopEditSize 0x7 are not inside the 0x7e"
                        + " bytes of data");
        refuses(
                summed(0x44, "0d"),
                ".igdrom +0x40: PolicyVbtOffset 0x72 and PolicyVbtSize 0xd are not inside the 0x7e"
                        + " bytes of data");
        refuses(
                summed(0x48, "78"),
                ".igdrom +0x48: OriginalVbtOffset 0x78 and OriginalVbtSize 0x7 are not inside the"
                        + " 0x7e bytes of data");
        assertThatThrownBy(() -> RomData.read(patched(0x18, "93"), SECTION))
                .hasMessageMatching("\\.igdrom \\+0x10: Crc is 0x\\w{8}, the data has 0x\\w{8}");
    }

    @Test
    void data_of_another_version_asks_for_a_new_rom() {
        Image first =
                Image.ofHex("4947445244415441 0100 4000 40000000 88e0c8a2" + "00".repeat(0x2c));
        refuses(
                first,
                ".igdrom +0x8: Version is 1, expected 2: the ROM was made by another version of"
                        + " igdrom, build it again");
        refuses(
                patched(8, "03"),
                ".igdrom +0x8: Version is 3, expected 2: the ROM was made by another version of"
                        + " igdrom, build it again");
    }

    @Test
    void every_bruise_reads_or_is_refused() {
        Bruises.all(DATA.image(), bruised -> RomData.read(bruised, SECTION));
    }

    @Test
    void invalid_data_cannot_be_built() {
        assertThatThrownBy(() -> RomData.NONE.withStolen(0xffff_ffff_fff0_0000L, 0x10_0000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "stolen memory of 0x100000 bytes at 0xfffffffffff00000 does not end below 4"
                                + " GiB");
        assertThatThrownBy(() -> RomData.NONE.withTreatAs(0x1_0000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a device id has 16 bits: 65536");
        assertThatThrownBy(() -> new BuiltFor(Set.of(), 1, 0x1_0000, OpRegionOrigin.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ids have 16 bits: 0x1, 0x10000");
        Image large = new Emitter().fill(0, RomData.MAX_SIZE / 2).toImage();
        RomData half = RomData.NONE.withOpRegion(large);
        assertThatThrownBy(() -> half.withPolicyVbt(large))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the data has more than 512 KiB");
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
