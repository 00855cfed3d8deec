package igdrom.formats.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;

class LzmaCodecTest {
    private static final Location LOCATION = Location.root("compressed");
    private static final long LIMIT = 1 << 20;

    @Test
    void streams_of_another_encoder_are_read_with_all_properties() throws IOException {
        Image content = Samples.program(20_000);
        for (int lc = 0; lc <= 4; lc++) {
            for (int lp = 0; lp <= 4 - lc; lp++) {
                for (int pb = 0; pb <= 4; pb++) {
                    LZMA2Options options = new LZMA2Options(1);
                    options.setLcLp(lc, lp);
                    options.setPb(pb);
                    Image compressed = compress(content, options, false);
                    assertThat(Codec.LZMA.decompress(compressed, LOCATION, LIMIT))
                            .isEqualTo(
                                    new Decompressed.Whole(Codec.LZMA, content, compressed.size()));
                }
            }
        }
    }

    /// Observed: in the volume of an Aptio IV image (ic847).
    @Test
    void end_marker_at_the_promised_size_is_read() throws IOException {
        Image content = Samples.program(3000);
        Image compressed = compress(content, new LZMA2Options(6), true);
        assertThat(Codec.LZMA.decompress(compressed, LOCATION, LIMIT))
                .isEqualTo(new Decompressed.Whole(Codec.LZMA, content, compressed.size()));
    }

    @Test
    void end_marker_before_the_promised_size_is_damaged() throws IOException {
        Image content = Samples.program(3000);
        Image compressed = resized(compress(content, new LZMA2Options(6), true), 3001);
        Decompressed decompressed = Codec.LZMA.decompress(compressed, LOCATION, LIMIT);
        assertThat(decompressed.bytes()).isEqualTo(content);
        assertThatThrownBy(decompressed::orThrow)
                .hasMessageEndingWith("end marker after 0xbb8 of 0xbb9 bytes");
    }

    @Test
    void stream_that_continues_after_the_promised_size_is_damaged() {
        Image content = Samples.program(3000);
        Image compressed = resized(Codec.LZMA.compress(content), 2000);
        Decompressed decompressed = Codec.LZMA.decompress(compressed, LOCATION, LIMIT);
        assertThat(decompressed).isInstanceOf(Decompressed.Damaged.class);
        assertThat(decompressed.bytes().size()).isBetween(1700L, 2000L);
        assertThat(content.startsWith(decompressed.bytes())).isTrue();
    }

    @Test
    void stream_without_its_last_byte_is_damaged_at_the_end() {
        Image content = Samples.program(3000);
        Image compressed = Codec.LZMA.compress(content);
        Decompressed decompressed =
                Codec.LZMA.decompress(compressed.slice(0, compressed.size() - 1), LOCATION, LIMIT);
        assertThat(decompressed).isInstanceOf(Decompressed.Damaged.class);
        assertThat(decompressed.bytes().size()).isBetween(2700L, 3000L);
        assertThat(content.startsWith(decompressed.bytes())).isTrue();
    }

    @Test
    void unknown_size_is_refused() {
        assertThatThrownBy(() ->
                        Codec.LZMA.decompress(
                                Image.ofHex("5d 00008000 ffffffffffffffff 0000000000"),
                                LOCATION,
                                LIMIT))
                .hasMessage("compressed +0x5: UncompressedSize is unknown, which is not supported");
    }

    @Test
    void impossible_properties_are_refused() {
        assertThatThrownBy(() ->
                        Codec.LZMA.decompress(
                                Image.ofHex("e1 00008000 0100000000000000 0000000000"),
                                LOCATION,
                                LIMIT))
                .hasMessage("compressed +0x0: Properties is 0xe1, the maximum is 0xe0");
    }

    @Test
    void stream_with_invalid_range_coder_state_is_damaged() {
        assertThatThrownBy(() ->
                        Codec.LZMA
                                .decompress(
                                        Image.ofHex("5d 00008000 0100000000000000 0100000000"),
                                        LOCATION,
                                        LIMIT)
                                .orThrow())
                .hasMessage("compressed +0x12: the first five bytes are invalid for a range coder");
    }

    @Test
    void match_beyond_the_dictionary_is_damaged() {
        Image far = new Emitter().image(Samples.noise(6000)).image(Samples.noise(6000)).toImage();
        byte[] compressed = Codec.LZMA.compress(far).toByteArray();
        compressed[1] = 0;
        compressed[2] = 0x10;
        Decompressed decompressed = Codec.LZMA.decompress(Image.of(compressed), LOCATION, LIMIT);
        assertThat(decompressed.bytes()).isEqualTo(Samples.noise(6000));
        assertThatThrownBy(decompressed::orThrow)
                .hasMessageEndingWith("match distance is 0x1770, the maximum is 0x1000");
    }

    private static Image resized(Image compressed, long size) {
        return new Emitter()
                .image(compressed.slice(0, 5))
                .u64(size)
                .image(compressed.from(13))
                .toImage();
    }

    private static Image compress(Image content, LZMA2Options options, boolean endMarker)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (LZMAOutputStream lzma =
                new LZMAOutputStream(out, options, endMarker ? -1 : content.size())) {
            content.writeTo(lzma);
        }
        return resized(Image.of(out.toByteArray()), content.size());
    }
}
