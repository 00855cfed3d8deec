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

/// What holds for every codec.
class CodecTest {
    private static final Location PLACE = Location.root("packed");
    private static final long LIMIT = 1 << 20;

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"BROTLI", "ZLIB", "LZ4"})
    void what_is_packed_unpacks_to_the_same(Codec codec) {
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
                    Image packed = codec.compress(image);
                    assertThat(codec.decompress(packed, PLACE, LIMIT))
                            .isEqualTo(new Decompressed.Whole(codec, image, packed.size()));
                    assertThat(codec.decompressedSize(packed, PLACE)).hasValue(image.size());
                    assertThat(codec.compress(image)).isEqualTo(packed);
                });
    }

    @ParameterizedTest
    @EnumSource
    void padding_behind_the_stream_does_not_matter(Codec codec) {
        Image content = Samples.program(3000);
        Image packed = Samples.packed(codec, content);
        Image padded = new Emitter().image(packed).fill(0xff, 100).toImage();
        assertThat(codec.decompress(padded, PLACE, LIMIT).orThrow()).isEqualTo(content);
        assertThat(codec.decompress(packed, PLACE, LIMIT).orThrow()).isEqualTo(content);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "BROTLI")
    void truncated_stream_gives_what_it_holds(Codec codec) {
        Image content = Samples.program(30_000);
        Image packed = Samples.packed(codec, content);
        Decompressed decompressed =
                codec.decompress(packed.slice(0, packed.size() / 2), PLACE, LIMIT);
        assertThat(decompressed).isInstanceOf(Decompressed.Damaged.class);
        long size = decompressed.bytes().size();
        assertThat(size).isBetween(8_000L, 20_000L);
        assertThat(content.startsWith(decompressed.bytes())).isTrue();
        assertThatThrownBy(decompressed::orThrow).isInstanceOf(MalformedImageException.class);
    }

    @ParameterizedTest
    @EnumSource
    void bruised_stream_unpacks_or_is_refused(Codec codec) {
        Image packed = Samples.packed(codec, Samples.program(700));
        Bruises.all(packed, bruised -> codec.decompress(bruised, PLACE, LIMIT));
    }

    @ParameterizedTest
    @EnumSource
    void more_than_the_limit_never_comes_out(Codec codec) {
        Image content = new Emitter().fill(0, 60_000).toImage();
        Image packed = Samples.packed(codec, content);
        long limit = content.size() - 1;
        try {
            Decompressed decompressed = codec.decompress(packed, PLACE, limit);
            assertThat(decompressed).isInstanceOf(Decompressed.Damaged.class);
            assertThat(decompressed.bytes().size()).isLessThanOrEqualTo(limit);
        } catch (MalformedImageException e) {
            assertThat(e).hasMessageEndingWith(" is 0xea60, the most to unpack is 0xea5f");
        }
    }

    @Test
    void promise_beyond_the_limit_is_refused_before_anything_is_unpacked() {
        assertThatThrownBy(() ->
                        Codec.EFI_1_1.decompress(
                                Image.ofHex("04000000 ffffffff 00000000"), PLACE, LIMIT))
                .hasMessage(
                        "packed +0x4: Original Size is 0xffffffff, the most to unpack is 0x100000");
        assertThatThrownBy(() ->
                        Codec.LZMA.decompress(
                                Image.ofHex("5d 00008000 00000000 01000000 00"), PLACE, LIMIT))
                .hasMessage(
                        "packed +0x5: UncompressedSize is 0x100000000, the most to unpack is"
                                + " 0x100000");
        assertThatThrownBy(() ->
                        Codec.BROTLI.decompress(
                                Image.ofHex("ffffffffffffff7f 0000000000000000 06"), PLACE, LIMIT))
                .hasMessage(
                        "packed +0x0: DecodedSize is 0x7fffffffffffffff, the most to unpack is"
                                + " 0x100000");
        assertThatThrownBy(() ->
                        Codec.LZ4.decompress(
                                Image.ofHex("04224d18 68 40 ffffffffffffffff 00"), PLACE, LIMIT))
                .hasMessage(
                        "packed +0x6: Content Size is 0xffffffffffffffff, the most to unpack is"
                                + " 0x100000");
    }

    @ParameterizedTest
    @EnumSource
    void promise_within_the_limit_takes_no_memory_until_it_is_kept(Codec codec) {
        // 1 GiB less one, and a stream that ends at once.
        Image packed =
                switch (codec) {
                    case EFI_1_1, TIANO -> Image.ofHex("04000000 ffffff3f 00000000");
                    case LZMA, LZMA_X86 -> Image.ofHex("5d 00008000 ffffff3f 00000000 0000000000");
                    case BROTLI -> Image.ofHex("ffffff3f00000000 0000000000000000 00");
                    case ZLIB -> Image.ofHex("789c");
                    case LZ4 -> Image.ofHex("04224d18 68 40 ffffff3f00000000 00");
                };
        long before = usedMemory();
        Decompressed decompressed = codec.decompress(packed, PLACE, Codec.MAX_DECOMPRESSED);
        long allocated = usedMemory() - before;
        assertThat(decompressed).isInstanceOf(Decompressed.Damaged.class);
        assertThat(allocated).isLessThan(64 << 20);
    }

    @Test
    void damage_is_told_with_place_and_reason() {
        Image packed = Codec.LZMA.compress(Samples.program(700));
        assertThat(Codec.LZMA.decompress(packed.slice(0, 17), PLACE, LIMIT))
                .isEqualTo(
                        new Decompressed.Damaged(
                                Codec.LZMA,
                                Image.EMPTY,
                                Diagnostic.broken(
                                        PLACE,
                                        13,
                                        "the stream ends, 0x0 of 0x2bc bytes are unpacked")));
    }

    @Test
    void codecs_that_are_only_read_do_not_pack() {
        assertThatThrownBy(() -> Codec.BROTLI.compress(Image.EMPTY))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("Brotli is only unpacked");
    }

    @Test
    void size_is_unknown_where_the_header_does_not_say() {
        assertThat(Codec.ZLIB.decompressedSize(Image.ofHex("789c"), PLACE)).isEmpty();
        assertThat(Codec.LZ4.decompressedSize(Image.ofHex("04224d18 60 40 00"), PLACE))
                .isEqualTo(OptionalLong.empty());
    }

    @Test
    void labels_are_what_users_know() {
        assertThat(Stream.of(Codec.values()).map(Codec::label))
                .isEqualTo(
                        List.of("EFI 1.1", "Tiano", "LZMA", "LZMA-x86", "Brotli", "zlib", "LZ4"));
    }

    private static long usedMemory() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
