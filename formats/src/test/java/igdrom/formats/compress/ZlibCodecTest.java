package igdrom.formats.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Image;
import igdrom.bytes.Location;
import org.junit.jupiter.api.Test;

class ZlibCodecTest {
    private static final Location PLACE = Location.root("packed");

    /// Four letters, stored.
    private static final String STORED = "7801 01 0400 fbff 61626364 03d8018b";

    @Test
    void stream_is_read_and_its_size_told() {
        assertThat(Codec.ZLIB.decompress(Image.ofHex(STORED + "ffff"), PLACE, 100))
                .isEqualTo(new Decompressed.Whole(Codec.ZLIB, Image.ofAscii("abcd"), 15));
    }

    @Test
    void limit_may_be_reached_and_not_passed() {
        assertThat(Codec.ZLIB.decompress(Image.ofHex(STORED), PLACE, 4).orThrow())
                .isEqualTo(Image.ofAscii("abcd"));
        Decompressed decompressed = Codec.ZLIB.decompress(Image.ofHex(STORED), PLACE, 3);
        assertThat(decompressed.bytes()).isEqualTo(Image.ofAscii("abc"));
        assertThatThrownBy(decompressed::orThrow)
                .hasMessageEndingWith(
                        "the stream goes on, no more than 0x3 bytes are unpacked in all");
    }

    /// `printf abcd > abcd; gzip -9 -n`, and the same with all optional fields.
    @Test
    void gzip_is_read_as_well() {
        String stream = "4b4c4a4e0100 11cd82ed 04000000";
        Image packed = Image.ofHex("1f8b08 00 00000000 02 03" + stream + "ff");
        assertThat(Codec.ZLIB.decompress(packed, PLACE, 100))
                .isEqualTo(new Decompressed.Whole(Codec.ZLIB, Image.ofAscii("abcd"), 24));
        Image fields = Image.ofHex("1f8b08 1e 00000000 02 03 0100 ff 6100 6200 ffff" + stream);
        assertThat(Codec.ZLIB.decompress(fields, PLACE, 100).orThrow())
                .isEqualTo(Image.ofAscii("abcd"));
    }

    @Test
    void damage_of_gzip_is_told() {
        assertDamage("1f8b07 00 00000000 02 03", "packed +0x2: CM is 7, not 8");
        assertDamage(
                "1f8b08 00 00000000 02 03 4b4c4a4e0100 12cd82ed 04000000",
                "packed +0x10: CRC32 is not that of the unpacked bytes");
        assertDamage(
                "1f8b08 00 00000000 02 03 4b4c4a4e0100 11cd82ed 040000",
                "packed +0x10: the stream ends, 0x4 bytes are unpacked");
    }

    @Test
    void damage_is_told() {
        assertDamage("", "packed +0x0: the stream ends, 0x0 bytes are unpacked");
        assertDamage(
                "7801 01 0400 fbff 61626364 03d8018c",
                "packed +0xf: the stream does not decode after 0x0 unpacked bytes: incorrect data"
                        + " check");
        assertDamage(
                "78bb 00000001 01",
                "packed +0x6: the stream asks for a preset dictionary, which firmware does not"
                        + " use");
    }

    private static void assertDamage(String hex, String message) {
        assertThatThrownBy(() -> Codec.ZLIB.decompress(Image.ofHex(hex), PLACE, 100).orThrow())
                .hasMessage(message);
    }
}
