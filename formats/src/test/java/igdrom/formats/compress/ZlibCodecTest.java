package igdrom.formats.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Image;
import igdrom.bytes.Place;
import org.junit.jupiter.api.Test;

class ZlibCodecTest {
    private static final Place PLACE = Place.root("packed");

    /// Four letters, stored.
    private static final String STORED = "7801 01 0400 fbff 61626364 03d8018b";

    @Test
    void stream_is_read_and_its_size_told() {
        assertThat(Codec.ZLIB.unpack(Image.ofHex(STORED + "ffff"), PLACE, 100))
                .isEqualTo(new Unpacked.Whole(Codec.ZLIB, Image.ofAscii("abcd"), 15));
    }

    @Test
    void limit_may_be_reached_and_not_passed() {
        assertThat(Codec.ZLIB.unpack(Image.ofHex(STORED), PLACE, 4).orThrow())
                .isEqualTo(Image.ofAscii("abcd"));
        Unpacked unpacked = Codec.ZLIB.unpack(Image.ofHex(STORED), PLACE, 3);
        assertThat(unpacked.bytes()).isEqualTo(Image.ofAscii("abc"));
        assertThatThrownBy(unpacked::orThrow)
                .hasMessageEndingWith("the stream holds more than 0x3 bytes, the most to unpack");
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
        assertThatThrownBy(() -> Codec.ZLIB.unpack(Image.ofHex(hex), PLACE, 100).orThrow())
                .hasMessage(message);
    }
}
