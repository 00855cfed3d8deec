package igdrom.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BytesTest {
    private static final Location FILE = Location.root("bios.bin");

    @Test
    void image_reads_little_endian_and_unsigned() {
        Image image = Image.ofHex("f0 de bc 9a 78 56 34 f2");
        assertThat(image.u8(7)).isEqualTo(0xf2);
        assertThat(image.u16(0)).isEqualTo(0xdef0);
        assertThat(image.u24(1)).isEqualTo(0x9abcde);
        assertThat(image.u32(0)).isEqualTo(0x9abcdef0L);
        assertThat(image.u64(0)).isEqualTo(0xf2345678_9abcdef0L);
    }

    @Test
    void slice_of_slice_stays_inside_its_view() {
        Image inner = Image.ofHex("00 11 22 33 44").slice(1, 3).slice(1, 2);
        assertThat(inner).isEqualTo(Image.ofHex("22 33"));
        assertThatThrownBy(() -> inner.u8(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> inner.u32(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> inner.slice(1, Long.MAX_VALUE))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void index_of_any_finds_prefixes_inside_the_view_only() {
        Image image = Image.ofAscii("xaabxa").slice(0, 6);
        SignaturePrefixes prefixes = new SignaturePrefixes().with('a', 'b').with('x', 'a');
        assertThat(image.indexOfAny(prefixes, 0)).isZero();
        assertThat(image.indexOfAny(prefixes, 1)).isEqualTo(2);
        assertThat(image.indexOfAny(prefixes, 3)).isEqualTo(4);
        assertThat(image.slice(0, 5).indexOfAny(prefixes, 3)).isEqualTo(-1);
        assertThat(image.indexOfAny(prefixes, 99)).isEqualTo(-1);
    }

    @Test
    void index_of_any_agrees_with_a_check_of_each_offset() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            byte[] bytes = new byte[200];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) random.nextInt(6);
            }
            int first = random.nextInt(6);
            int second = random.nextInt(6);
            SignaturePrefixes prefixes =
                    new SignaturePrefixes().with(first, second).with(second, 5).with(0xff, first);
            List<Long> expected = new ArrayList<>();
            for (int at = 0; at + 1 < bytes.length; at++) {
                if ((bytes[at] == first && bytes[at + 1] == second)
                        || (bytes[at] == second && bytes[at + 1] == 5)) {
                    expected.add((long) at);
                }
            }
            Image image = Image.of(bytes);
            List<Long> found = new ArrayList<>();
            for (long at = image.indexOfAny(prefixes, 0);
                    at >= 0;
                    at = image.indexOfAny(prefixes, at + 1)) {
                found.add(at);
            }
            assertThat(found).as("%02x %02x", first, second).isEqualTo(expected);
        }
    }

    @Test
    void index_of_finds_whole_needles_inside_the_view_only() {
        Image image = Image.ofAscii("xxabab").slice(0, 5);
        assertThat(image.indexOf(Image.ofAscii("ab"), 0)).isEqualTo(2);
        assertThat(image.indexOf(Image.ofAscii("ab"), 3)).isEqualTo(-1);
        assertThat(image.indexOf(Image.ofAscii("ab"), 99)).isEqualTo(-1);
    }

    @Test
    void index_of_a_byte_finds_it_inside_the_view_only() {
        Image image = Image.ofHex("ff 01 80 01 80").slice(1, 3);
        assertThat(image.indexOf(0x01, 0)).isZero();
        assertThat(image.indexOf(0x80, 0)).isEqualTo(1);
        assertThat(image.indexOf(0x01, 1)).isEqualTo(2);
        assertThat(image.indexOf(0x80, 2)).isEqualTo(-1);
        assertThat(image.indexOf(0xff, 0)).isEqualTo(-1);
        assertThat(image.indexOf(0x01, 99)).isEqualTo(-1);
    }

    @Test
    void index_of_finds_overlapping_needles_in_a_long_image() {
        Image needle = Image.ofAscii("needleneed");
        Image image =
                new Emitter()
                        .fill('e', 5000)
                        .ascii("needleneedleneed")
                        .fill('n', 5000)
                        .image(needle)
                        .toImage();
        assertThat(image.indexOf(needle, 0)).isEqualTo(5000);
        assertThat(image.indexOf(needle, 5001)).isEqualTo(5006);
        assertThat(image.indexOf(needle, 5007)).isEqualTo(10016);
        assertThat(image.indexOf(needle, 10017)).isEqualTo(-1);
        assertThat(image.from(3).indexOf(needle, 0)).isEqualTo(4997);
        assertThat(image.slice(0, 10025).indexOf(needle, 5007)).isEqualTo(-1);
        assertThat(image.indexOf(Image.ofAscii("no such needle"), 0)).isEqualTo(-1);
    }

    @Test
    void first_other_byte_is_found_inside_the_view_only() {
        byte[] bytes = new byte[300];
        Arrays.fill(bytes, (byte) 0xff);
        bytes[0] = 1;
        bytes[299] = 1;
        Image view = Image.of(bytes).slice(1, 298);
        assertThat(view.indexOfOtherThan(0xff, 0)).isEqualTo(298);
        assertThat(view.isFilledWith(0xff)).isTrue();
        assertThat(view.indexOfOtherThan(0xff, 298)).isEqualTo(298);
        assertThat(Image.EMPTY.isFilledWith(0)).isTrue();
        for (int at = 0; at < 298; at++) {
            bytes[1 + at] = 0;
            assertThat(view.indexOfOtherThan(0xff, 0)).isEqualTo(at);
            assertThat(view.indexOfOtherThan(0xff, at + 1L)).isEqualTo(298);
            bytes[1 + at] = (byte) 0xff;
        }
    }

    @Test
    void sums_are_modulo_their_width() {
        Image image = Image.ofHex("ff ff 02 00 07");
        assertThat(image.sum8()).isEqualTo(0x07);
        assertThat(image.sum16()).isEqualTo(1);
        assertThat(Image.ofAscii("123456789").crc32()).isEqualTo(0xcbf43926L);
    }

    @Test
    void guid_reads_and_writes_its_mixed_endian_form() {
        Guid guid = Guid.of("ec2e931b-3281-48a5-8107-df8a8bed3c5d");
        assertThat(guid.image()).isEqualTo(Image.ofHex("1b932eec8132a5488107df8a8bed3c5d"));
        assertThat(guid.image().guid(0)).isEqualTo(guid);
        assertThat(guid).hasToString("EC2E931B-3281-48A5-8107-DF8A8BED3C5D");
    }

    @Test
    void emitter_refuses_a_value_that_does_not_fit_in_its_field() {
        assertThatThrownBy(() -> new Emitter().u8(0x100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("0x100 does not fit in 8 bits");
        assertThatThrownBy(() -> new Emitter().u32(-1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void emitter_aligns_and_patches() {
        Emitter out = new Emitter().u16(0xaa55).align(8, 0xff).u24(0x030201).fillTo(12, 0);
        assertThat(out.patch(0, Image.ofHex("4d5a")).toImage())
                .isEqualTo(Image.ofHex("4d5affffffffffff01020300"));
    }

    @Test
    void cursor_names_location_offset_and_field_of_missing_bytes() {
        Location location = FILE.in("BIOS", 0x500000).decompressed("LZMA").in("PE32", 4);
        Cursor in = new Cursor(Image.ofHex("4d5a00"), location);
        in.expectU16("Signature", 0x5a4d);
        assertThatThrownBy(() -> in.u32("PeHeaderOffset"))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage(
                        "bios.bin/BIOS@0x500000/LZMA!/PE32@0x4 +0x2: PeHeaderOffset needs 0x4"
                                + " bytes, 0x1 are left");
    }

    @Test
    void cursor_refuses_a_size_over_its_limit_and_a_wrong_signature() {
        Cursor in = new Cursor(Image.ofHex("ffffffff"), FILE);
        assertThatThrownBy(() -> in.size("Length", 0x1000))
                .hasMessage("bios.bin +0x0: Length is 0xffffffff, the maximum is 0x1000");
        assertThatThrownBy(
                        () -> new Cursor(Image.ofHex("ffff"), FILE).expectU16("Signature", 0xaa55))
                .hasMessage("bios.bin +0x0: Signature is 0xffff, expected 0xaa55");
        assertThatThrownBy(() ->
                        new Cursor(Image.ofAscii("_FVX"), FILE)
                                .expect("Signature", Image.ofAscii("_FVH")))
                .hasMessage("bios.bin +0x0: Signature is not \"_FVH\"");
    }

    @Test
    void diagnostics_format_their_pattern_with_the_values() {
        Diagnostics diagnostics = new Diagnostics();
        diagnostics.odd(FILE, 4, "%s is 0x%x of %d", "Size", -1, 7L);
        diagnostics.broken(FILE, 8, "Length is 0x%04x", 0xab);
        assertThat(diagnostics.list())
                .containsExactly(
                        Diagnostic.odd(FILE, 4, "Size is 0xffffffff of 7"),
                        Diagnostic.broken(FILE, 8, "Length is 0x00ab"));
    }

    @Test
    void message_without_values_is_not_a_pattern() {
        Diagnostics diagnostics = new Diagnostics();
        diagnostics.odd(FILE, 4, "section \"%s\" is empty");
        diagnostics.broken(FILE, 8, "section \"%d\" is missing");
        assertThat(diagnostics.list())
                .containsExactly(
                        Diagnostic.odd(FILE, 4, "section \"%s\" is empty"),
                        Diagnostic.broken(FILE, 8, "section \"%d\" is missing"));
        assertThat(new Cursor(Image.EMPTY, FILE).malformed("100 %"))
                .hasMessage("bios.bin +0x0: 100 %");
    }

    @Test
    void diagnostics_over_the_limit_are_counted_but_not_kept() {
        Diagnostics diagnostics = new Diagnostics();
        for (int i = 0; i < Diagnostics.MAX_KEPT + 5; i++) {
            diagnostics.add(Diagnostic.odd(FILE, i, "odd"));
        }
        assertThat(diagnostics.list()).hasSize(Diagnostics.MAX_KEPT);
        assertThat(diagnostics.dropped()).isEqualTo(5);
    }
}
