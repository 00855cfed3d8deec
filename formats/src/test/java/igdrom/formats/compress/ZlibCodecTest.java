package igdrom.formats.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Image;
import igdrom.bytes.Location;
import org.junit.jupiter.api.Test;

class ZlibCodecTest {
    private static final Location LOCATION = Location.root("compressed");

    /// A zlib stream with four stored letters.
    private static final String STORED = "7801 01 0400 fbff 61626364 03d8018b";

    @Test
    void read_of_a_stream_finds_its_size() {
        assertThat(Codec.ZLIB.decompress(Image.ofHex(STORED + "ffff"), LOCATION, 100))
                .isEqualTo(new Decompressed.Whole(Codec.ZLIB, Image.ofAscii("abcd"), 15));
    }

    @Test
    void output_may_reach_the_limit_but_not_exceed_it() {
        assertThat(Codec.ZLIB.decompress(Image.ofHex(STORED), LOCATION, 4).orThrow())
                .isEqualTo(Image.ofAscii("abcd"));
        Decompressed decompressed = Codec.ZLIB.decompress(Image.ofHex(STORED), LOCATION, 3);
        assertThat(decompressed.bytes()).isEqualTo(Image.ofAscii("abc"));
        assertThatThrownBy(decompressed::orThrow)
                .hasMessageEndingWith("the stream exceeds the decompression limit of 0x3 bytes");
    }

    /// `printf abcd > abcd; gzip -9 -n`, and the same with all optional fields.
    @Test
    void gzip_is_read() {
        String stream = "4b4c4a4e0100 11cd82ed 04000000";
        Image compressed = Image.ofHex("1f8b08 00 00000000 02 03" + stream + "ff");
        assertThat(Codec.ZLIB.decompress(compressed, LOCATION, 100))
                .isEqualTo(new Decompressed.Whole(Codec.ZLIB, Image.ofAscii("abcd"), 24));
        Image fields = Image.ofHex("1f8b08 1e 00000000 02 03 0100 ff 6100 6200 ffff" + stream);
        assertThat(Codec.ZLIB.decompress(fields, LOCATION, 100).orThrow())
                .isEqualTo(Image.ofAscii("abcd"));
    }

    @Test
    void damage_of_gzip_is_reported() {
        assertDamage("1f8b07 00 00000000 02 03", "compressed +0x2: CM is 7, expected 8");
        assertDamage(
                "1f8b08 00 00000000 02 03 4b4c4a4e0100 12cd82ed 04000000",
                "compressed +0x10: CRC32 is 0xed82cd12, expected 0xed82cd11");
        assertDamage(
                "1f8b08 00 00000000 02 03 4b4c4a4e0100 11cd82ed 040000",
                "compressed +0x10: the stream is truncated after 0x4 decompressed bytes");
    }

    @Test
    void damage_is_reported() {
        assertDamage("", "compressed +0x0: the stream is truncated after 0x0 decompressed bytes");
        assertDamage(
                "7801 01 0400 fbff 61626364 03d8018c",
                "compressed +0xf: the stream is corrupt after 0x0 decompressed bytes: incorrect"
                        + " data check");
        assertDamage(
                "78bb 00000001 01",
                "compressed +0x6: the stream requires a preset dictionary, which is not supported");
    }

    private static void assertDamage(String hex, String message) {
        assertThatThrownBy(() -> Codec.ZLIB.decompress(Image.ofHex(hex), LOCATION, 100).orThrow())
                .hasMessage(message);
    }
}
