package igdrom.formats.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import org.junit.jupiter.api.Test;

class BrotliCodecTest {
    private static final Location PLACE = Location.root("packed");
    private static final long LIMIT = 1 << 20;

    @Test
    void stream_is_read() {
        Image packed = Samples.storedBrotli(Image.ofAscii("brotli"));
        assertThat(Codec.BROTLI.decompress(packed, PLACE, LIMIT))
                .isEqualTo(
                        new Decompressed.Whole(
                                Codec.BROTLI, Image.ofAscii("brotli"), packed.size()));
        assertThat(Codec.BROTLI.decompressedSize(packed, PLACE)).hasValue(6);
    }

    @Test
    void header_cut_short_names_the_field() {
        assertThatThrownBy(() ->
                        Codec.BROTLI.decompress(Image.ofHex("0100000000000000 00"), PLACE, LIMIT))
                .hasMessage("packed +0x8: ScratchSize needs 0x8 bytes, 0x1 are left");
    }

    @Test
    void stream_of_another_size_is_damage() {
        assertDamage(5, "packed +0x10: the stream goes on after DecodedSize", "brotl");
        assertDamage(7, "packed +0x10: the stream holds 0x6 bytes, DecodedSize is 0x7", "brotli");
    }

    @Test
    void stream_that_does_not_decode_is_damage() {
        Image packed = new Emitter().u64(9).u64(0).fill(0xff, 9).toImage();
        assertThatThrownBy(() -> Codec.BROTLI.decompress(packed, PLACE, LIMIT).orThrow())
                .hasMessage("packed +0x10: the stream does not decode after 0x0 of 0x9 bytes");
    }

    private static void assertDamage(long size, String message, String bytes) {
        Image stream = Samples.storedBrotli(Image.ofAscii("brotli"));
        Image packed = new Emitter().u64(size).image(stream.from(8)).toImage();
        Decompressed decompressed = Codec.BROTLI.decompress(packed, PLACE, LIMIT);
        assertThat(decompressed.bytes()).isEqualTo(Image.ofAscii(bytes));
        assertThatThrownBy(decompressed::orThrow).hasMessage(message);
    }
}
