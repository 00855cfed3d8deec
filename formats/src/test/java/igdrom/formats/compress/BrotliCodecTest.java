package igdrom.formats.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import org.junit.jupiter.api.Test;

class BrotliCodecTest {
    private static final Location LOCATION = Location.root("compressed");
    private static final long LIMIT = 1 << 20;

    @Test
    void stream_is_read() {
        Image compressed = Samples.storedBrotli(Image.ofAscii("brotli"));
        assertThat(Codec.BROTLI.decompress(compressed, LOCATION, LIMIT))
                .isEqualTo(
                        new Decompressed.Whole(
                                Codec.BROTLI, Image.ofAscii("brotli"), compressed.size()));
        assertThat(Codec.BROTLI.decompressedSize(compressed, LOCATION)).hasValue(6);
    }

    @Test
    void truncated_header_names_the_missing_field() {
        assertThatThrownBy(() ->
                        Codec.BROTLI.decompress(
                                Image.ofHex("0100000000000000 00"), LOCATION, LIMIT))
                .hasMessage("compressed +0x8: ScratchSize needs 0x8 bytes, 0x1 are left");
    }

    @Test
    void stream_of_another_size_is_damaged() {
        assertDamage(5, "compressed +0x10: the stream continues after DecodedSize", "brotl");
        assertDamage(7, "compressed +0x10: DecodedSize is 0x7, the stream has 0x6 bytes", "brotli");
    }

    @Test
    void corrupt_stream_is_damaged() {
        Image compressed = new Emitter().u64(9).u64(0).fill(0xff, 9).toImage();
        assertThatThrownBy(() -> Codec.BROTLI.decompress(compressed, LOCATION, LIMIT).orThrow())
                .hasMessage("compressed +0x10: the stream is corrupt after 0x0 of 0x9 bytes");
    }

    private static void assertDamage(long size, String message, String bytes) {
        Image stream = Samples.storedBrotli(Image.ofAscii("brotli"));
        Image compressed = new Emitter().u64(size).image(stream.from(8)).toImage();
        Decompressed decompressed = Codec.BROTLI.decompress(compressed, LOCATION, LIMIT);
        assertThat(decompressed.bytes()).isEqualTo(Image.ofAscii(bytes));
        assertThatThrownBy(decompressed::orThrow).hasMessage(message);
    }
}
