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
    private static final Location PLACE = Location.root("packed");
    private static final long LIMIT = 1 << 20;

    @Test
    void all_contexts_of_another_encoder_are_read() throws IOException {
        Image content = Samples.program(20_000);
        for (int lc = 0; lc <= 4; lc++) {
            for (int lp = 0; lp <= 4 - lc; lp++) {
                for (int pb = 0; pb <= 4; pb++) {
                    LZMA2Options options = new LZMA2Options(1);
                    options.setLcLp(lc, lp);
                    options.setPb(pb);
                    Image packed = compress(content, options, false);
                    assertThat(Codec.LZMA.decompress(packed, PLACE, LIMIT))
                            .isEqualTo(new Decompressed.Whole(Codec.LZMA, content, packed.size()));
                }
            }
        }
    }

    /// Observed: the volume of an Aptio IV image (ic847) ends so.
    @Test
    void end_marker_at_the_promised_size_is_read() throws IOException {
        Image content = Samples.program(3000);
        Image packed = compress(content, new LZMA2Options(6), true);
        assertThat(Codec.LZMA.decompress(packed, PLACE, LIMIT))
                .isEqualTo(new Decompressed.Whole(Codec.LZMA, content, packed.size()));
    }

    @Test
    void end_marker_before_the_promised_size_is_damage() throws IOException {
        Image content = Samples.program(3000);
        Image packed = resized(compress(content, new LZMA2Options(6), true), 3001);
        Decompressed decompressed = Codec.LZMA.decompress(packed, PLACE, LIMIT);
        assertThat(decompressed.bytes()).isEqualTo(content);
        assertThatThrownBy(decompressed::orThrow)
                .hasMessageEndingWith("an end marker stands after 0xbb8 of 0xbb9 bytes");
    }

    @Test
    void stream_that_goes_on_is_damage() {
        Image content = Samples.program(3000);
        Image packed = resized(Codec.LZMA.compress(content), 2000);
        Decompressed decompressed = Codec.LZMA.decompress(packed, PLACE, LIMIT);
        assertThat(decompressed).isInstanceOf(Decompressed.Damaged.class);
        assertThat(decompressed.bytes().size()).isBetween(1700L, 2000L);
        assertThat(content.startsWith(decompressed.bytes())).isTrue();
    }

    @Test
    void stream_without_its_last_byte_is_damage_at_the_end() {
        Image content = Samples.program(3000);
        Image packed = Codec.LZMA.compress(content);
        Decompressed decompressed =
                Codec.LZMA.decompress(packed.slice(0, packed.size() - 1), PLACE, LIMIT);
        assertThat(decompressed).isInstanceOf(Decompressed.Damaged.class);
        assertThat(decompressed.bytes().size()).isBetween(2700L, 3000L);
        assertThat(content.startsWith(decompressed.bytes())).isTrue();
    }

    @Test
    void unknown_size_is_refused() {
        assertThatThrownBy(() ->
                        Codec.LZMA.decompress(
                                Image.ofHex("5d 00008000 ffffffffffffffff 0000000000"),
                                PLACE,
                                LIMIT))
                .hasMessage(
                        "packed +0x5: UncompressedSize is unknown, which firmware does not use");
    }

    @Test
    void impossible_properties_are_refused() {
        assertThatThrownBy(() ->
                        Codec.LZMA.decompress(
                                Image.ofHex("e1 00008000 0100000000000000 0000000000"),
                                PLACE,
                                LIMIT))
                .hasMessage("packed +0x0: Properties is 0xe1, the most is 0xe0");
    }

    @Test
    void stream_that_no_range_coder_wrote_is_damage() {
        assertThatThrownBy(() ->
                        Codec.LZMA
                                .decompress(
                                        Image.ofHex("5d 00008000 0100000000000000 0100000000"),
                                        PLACE,
                                        LIMIT)
                                .orThrow())
                .hasMessage("packed +0x12: the first five bytes are not those of a range coder");
    }

    @Test
    void match_beyond_the_dictionary_is_damage() {
        Image far = new Emitter().image(Samples.noise(6000)).image(Samples.noise(6000)).toImage();
        byte[] packed = Codec.LZMA.compress(far).toByteArray();
        packed[1] = 0;
        packed[2] = 0x10;
        Decompressed decompressed = Codec.LZMA.decompress(Image.of(packed), PLACE, LIMIT);
        assertThat(decompressed.bytes()).isEqualTo(Samples.noise(6000));
        assertThatThrownBy(decompressed::orThrow)
                .hasMessageEndingWith("a match begins 0x1770 bytes back, the most is 0x1000");
    }

    private static Image resized(Image packed, long size) {
        return new Emitter().image(packed.slice(0, 5)).u64(size).image(packed.from(13)).toImage();
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
