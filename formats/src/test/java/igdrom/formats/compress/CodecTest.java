package igdrom.formats.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.testing.Bruises;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// Rules for all codecs.
class CodecTest {
    private static final Location LOCATION = Location.root("compressed");
    private static final long LIMIT = 1 << 20;

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"BROTLI", "ZLIB", "LZ4"})
    void compression_is_deterministic_and_reversible(Codec codec) {
        Stream.of(
                        Image.EMPTY,
                        Image.ofAscii("a"),
                        Image.ofAscii("abcabcabcabc"),
                        Samples.noise(1),
                        Samples.noise(70_000),
                        Samples.program(300),
                        Samples.program(100_000),
                        new Emitter().fill(0, 300_000).toImage(),
                        new Emitter().fill(0xff, 3).u8(0).fill(0xff, 257).toImage())
                .forEach(image -> {
                    Image compressed = codec.compress(image);
                    assertThat(codec.decompress(compressed, LOCATION, LIMIT))
                            .isEqualTo(new Decompressed.Whole(codec, image, compressed.size()));
                    assertThat(codec.decompressedSize(compressed, LOCATION)).hasValue(image.size());
                    assertThat(codec.compress(image)).isEqualTo(compressed);
                });
    }

    @ParameterizedTest
    @EnumSource
    void padding_after_the_stream_is_ignored(Codec codec) {
        Image content = Samples.program(3000);
        Image compressed = Samples.compressed(codec, content);
        Image padded = new Emitter().image(compressed).fill(0xff, 100).toImage();
        assertThat(codec.decompress(padded, LOCATION, LIMIT).orThrow()).isEqualTo(content);
        assertThat(codec.decompress(compressed, LOCATION, LIMIT).orThrow()).isEqualTo(content);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "BROTLI")
    void truncated_stream_yields_its_first_bytes(Codec codec) {
        Image content = Samples.program(30_000);
        Image compressed = Samples.compressed(codec, content);
        Decompressed decompressed =
                codec.decompress(compressed.slice(0, compressed.size() / 2), LOCATION, LIMIT);
        assertThat(decompressed).isInstanceOf(Decompressed.Damaged.class);
        long size = decompressed.bytes().size();
        assertThat(size).isBetween(8_000L, 20_000L);
        assertThat(content.startsWith(decompressed.bytes())).isTrue();
        assertThatThrownBy(decompressed::orThrow).isInstanceOf(MalformedImageException.class);
    }

    @ParameterizedTest
    @EnumSource
    void bruised_stream_decompresses_or_is_refused(Codec codec) {
        Image compressed = Samples.compressed(codec, Samples.program(700));
        Bruises.all(compressed, bruised -> codec.decompress(bruised, LOCATION, LIMIT));
    }

    @ParameterizedTest
    @EnumSource
    void output_never_exceeds_the_limit(Codec codec) {
        Image content = new Emitter().fill(0, 60_000).toImage();
        Image compressed = Samples.compressed(codec, content);
        long limit = content.size() - 1;
        try {
            Decompressed decompressed = codec.decompress(compressed, LOCATION, limit);
            assertThat(decompressed).isInstanceOf(Decompressed.Damaged.class);
            assertThat(decompressed.bytes().size()).isLessThanOrEqualTo(limit);
        } catch (MalformedImageException e) {
            assertThat(e).hasMessageEndingWith(" is 0xea60, the decompression limit is 0xea5f");
        }
    }

    @Test
    void promise_beyond_the_limit_is_refused_before_anything_is_decompressed() {
        assertThatThrownBy(() ->
                        Codec.EFI_1_1.decompress(
                                Image.ofHex("04000000 ffffffff 00000000"), LOCATION, LIMIT))
                .hasMessage(
                        "compressed +0x4: Original Size is 0xffffffff, the decompression limit is"
                                + " 0x100000");
        assertThatThrownBy(() ->
                        Codec.LZMA.decompress(
                                Image.ofHex("5d 00008000 00000000 01000000 00"), LOCATION, LIMIT))
                .hasMessage(
                        "compressed +0x5: UncompressedSize is 0x100000000, the decompression limit"
                                + " is 0x100000");
        assertThatThrownBy(() ->
                        Codec.BROTLI.decompress(
                                Image.ofHex("ffffffffffffff7f 0000000000000000 06"),
                                LOCATION,
                                LIMIT))
                .hasMessage(
                        "compressed +0x0: DecodedSize is 0x7fffffffffffffff, the decompression"
                                + " limit is 0x100000");
        assertThatThrownBy(() ->
                        Codec.LZ4.decompress(
                                Image.ofHex("04224d18 68 40 ffffffffffffffff 00"), LOCATION, LIMIT))
                .hasMessage(
                        "compressed +0x6: Content Size is 0xffffffffffffffff, the decompression"
                                + " limit is 0x100000");
    }

    @ParameterizedTest
    @EnumSource
    void promised_size_is_not_allocated_in_advance(Codec codec) {
        // A promise of 1 GiB less one byte, and an empty stream.
        Image compressed =
                switch (codec) {
                    case EFI_1_1, TIANO -> Image.ofHex("04000000 ffffff3f 00000000");
                    case LZMA, LZMA_X86 -> Image.ofHex("5d 00008000 ffffff3f 00000000 0000000000");
                    case BROTLI -> Image.ofHex("ffffff3f00000000 0000000000000000 00");
                    case ZLIB -> Image.ofHex("789c");
                    case LZ4 -> Image.ofHex("04224d18 68 40 ffffff3f00000000 00");
                };
        long before = usedMemory();
        Decompressed decompressed = codec.decompress(compressed, LOCATION, Codec.MAX_DECOMPRESSED);
        long allocated = usedMemory() - before;
        assertThat(decompressed).isInstanceOf(Decompressed.Damaged.class);
        assertThat(allocated).isLessThan(64 << 20);
    }

    @Test
    void damage_has_a_location_and_a_reason() {
        Image compressed = Codec.LZMA.compress(Samples.program(700));
        assertThat(Codec.LZMA.decompress(compressed.slice(0, 17), LOCATION, LIMIT))
                .isEqualTo(
                        new Decompressed.Damaged(
                                Codec.LZMA,
                                Image.EMPTY,
                                Diagnostic.broken(LOCATION, 13, "the stream is truncated")));
    }

    @Test
    void unsupported_compression_is_refused() {
        assertThatThrownBy(() -> Codec.BROTLI.compress(Image.EMPTY))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("compression with Brotli is not supported");
    }

    @Test
    void size_is_unknown_without_a_field_in_the_header() {
        assertThat(Codec.ZLIB.decompressedSize(Image.ofHex("789c"), LOCATION)).isEmpty();
        assertThat(Codec.LZ4.decompressedSize(Image.ofHex("04224d18 60 40 00"), LOCATION))
                .isEqualTo(OptionalLong.empty());
    }

    @Test
    void labels_are_the_usual_names() {
        assertThat(Stream.of(Codec.values()).map(Codec::label))
                .isEqualTo(
                        List.of("EFI 1.1", "Tiano", "LZMA", "LZMA-x86", "Brotli", "zlib", "LZ4"));
    }

    private static long usedMemory() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
