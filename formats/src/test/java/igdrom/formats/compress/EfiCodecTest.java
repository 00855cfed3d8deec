package igdrom.formats.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.testing.Corpus;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EfiCodecTest {
    private static final Location LOCATION = Location.root("compressed");
    private static final long LIMIT = 1 << 20;

    @Test
    void stream_of_one_symbol_is_read() {
        // One block of four symbols, all of them 'a', which takes no bits.
        BitWriter bits = new BitWriter();
        bits.write(4, 16);
        bits.write(0, 10);
        bits.write(0, 9);
        bits.write('a', 9);
        bits.write(0, 8);
        assertThat(Codec.EFI_1_1.decompress(stream(4, bits), LOCATION, LIMIT).orThrow())
                .isEqualTo(Image.ofAscii("aaaa"));
    }

    @Test
    void result_that_both_formats_share_is_returned_once() {
        Image compressed = Codec.EFI_1_1.compress(Image.EMPTY);
        assertThat(Codec.decompressEfi(compressed, LOCATION, LIMIT))
                .isEqualTo(
                        List.of(
                                new Decompressed.Whole(
                                        Codec.EFI_1_1, Image.EMPTY, compressed.size())));
    }

    @Test
    void format_is_identified_by_decoding() {
        Image content = Samples.program(5000);
        for (Codec codec : List.of(Codec.EFI_1_1, Codec.TIANO)) {
            Image compressed = codec.compress(content);
            assertThat(Codec.decompressEfi(compressed, LOCATION, LIMIT))
                    .isEqualTo(List.of(new Decompressed.Whole(codec, content, compressed.size())));
        }
    }

    @Test
    void data_of_two_kinds_gets_two_blocks_with_codes_of_their_own() {
        // 16 random bytes in each half: four bits for a byte, and five if they shared their
        // codes.
        Random random = new Random(1);
        byte[] bytes = new byte[8192];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ((i < 4096 ? 0 : 100) + random.nextInt(16));
        }
        Image compressed = Codec.EFI_1_1.compress(Image.of(bytes));
        assertThat(compressed.size()).isLessThan(8192 / 2 + 200);
        assertThat(Codec.EFI_1_1.decompress(compressed, LOCATION, LIMIT).orThrow())
                .isEqualTo(Image.of(bytes));
    }

    @Test
    void data_of_neither_format_gives_the_longer_result() {
        Image compressed = Codec.TIANO.compress(Samples.program(5000));
        Image cut = compressed.slice(0, compressed.size() - 40);
        List<Decompressed> decompressed = Codec.decompressEfi(cut, LOCATION, LIMIT);
        assertThat(decompressed).hasSize(1);
        assertThat(decompressed.getFirst()).isInstanceOf(Decompressed.Damaged.class);
        assertThat(decompressed.getFirst().codec()).isEqualTo(Codec.TIANO);
        assertThat(decompressed.getFirst().bytes().size()).isBetween(4000L, 4999L);
    }

    @Test
    void truncated_header_names_the_missing_field() {
        assertThatThrownBy(() -> Codec.TIANO.decompress(Image.ofHex("0400000004"), LOCATION, LIMIT))
                .hasMessage("compressed +0x4: Original Size needs 0x4 bytes, 0x1 are left");
    }

    @Test
    void block_without_symbols_is_refused() {
        BitWriter bits = new BitWriter();
        bits.write(0, 16);
        assertDamage(4, bits, "compressed +0xa: Block Size is 0, the minimum is 1");
    }

    @Test
    void code_set_that_is_too_large_is_refused() {
        BitWriter bits = new BitWriter();
        bits.write(1, 16);
        bits.write(20, 5);
        assertDamage(4, bits, "compressed +0xa: Extra Set has 20 codes, the maximum is 19");
    }

    @Test
    void code_that_is_too_long_is_refused() {
        BitWriter bits = new BitWriter();
        bits.write(1, 16);
        bits.write(19, 5);
        bits.write(0xffff, 16);
        bits.write(0, 16);
        assertDamage(4, bits, "compressed +0xc: Extra Set has a code of more than 16 bits");
    }

    @Test
    void incomplete_code_is_refused() {
        BitWriter bits = new BitWriter();
        bits.write(1, 16);
        bits.write(1, 5);
        bits.write(2, 3);
        assertDamage(4, bits, "compressed +0xb: Extra Set is not a complete Huffman code");
    }

    @Test
    void symbol_that_does_not_exist_is_refused() {
        BitWriter bits = new BitWriter();
        bits.write(1, 16);
        bits.write(0, 10);
        bits.write(0, 9);
        bits.write(510, 9);
        assertDamage(
                4,
                bits,
                "compressed +0xd: Char&Len Set has the single symbol 510, the maximum is 509");
    }

    @Test
    void run_past_the_end_of_the_code_set_is_refused() {
        BitWriter bits = new BitWriter();
        bits.write(1, 16);
        bits.write(0, 5);
        bits.write(1, 5);
        bits.write(2, 9);
        bits.write(0, 4);
        assertDamage(4, bits, "compressed +0xc: a run in Char&Len Set ends at code 3 of 2");
    }

    @Test
    void match_before_the_first_byte_is_refused() {
        assertDamage(4, match(1), "compressed +0xe: match distance is 0x1, the maximum is 0x0");
    }

    @Test
    void block_that_exceeds_the_size_is_refused() {
        BitWriter bits = new BitWriter();
        bits.write(5, 16);
        bits.write(0, 10);
        bits.write(0, 9);
        bits.write('a', 9);
        bits.write(0, 8);
        assertDamage(
                4,
                bits,
                "compressed +0xe: Original Size is reached, 0x1 symbols of the block are left");
    }

    @Test
    void input_after_the_last_symbol_is_refused() {
        Image whole = Codec.EFI_1_1.compress(Image.ofAscii("abc"));
        Image longer = new Emitter().image(whole).fill(0, 9).toImage();
        Image compressed = new Emitter().u32(longer.size() - 8).image(longer.from(4)).toImage();
        assertThatThrownBy(() -> Codec.EFI_1_1.decompress(compressed, LOCATION, LIMIT).orThrow())
                .hasMessageEndingWith("0xa bytes are left after Original Size");
    }

    @Test
    void compressed_rom_is_not_larger_than_that_of_edk2() {
        // The sizes of option ROMs that EDK2's EfiRom builds from the same drivers, with all
        // headers.
        assertRomSize("gop/mrcb_soc_intel_snb_IntelGopDriver.efi", 25088);
        assertRomSize("gop/dasharo_novacustom_ns5x_adl_IntelGopDriver.efi", 87040);
        assertRomSize("gop/dasharo_novacustom_v5x0tu_IntelGopDriver.efi", 73216);
    }

    private static void assertRomSize(String driver, long limit) {
        Image compressed = Codec.EFI_1_1.compress(Corpus.image(driver));
        assertThat((compressed.size() + 0x38 + 511) / 512 * 512)
                .as(driver)
                .isLessThanOrEqualTo(limit);
    }

    /// A block with a single match at `distance`.
    private static BitWriter match(int distance) {
        BitWriter bits = new BitWriter();
        bits.write(1, 16);
        bits.write(0, 10);
        bits.write(0, 9);
        bits.write(257, 9);
        bits.write(0, 4);
        bits.write(distance - 1, 4);
        return bits;
    }

    private static void assertDamage(int size, BitWriter bits, String message) {
        assertThatThrownBy(() ->
                        Codec.EFI_1_1.decompress(stream(size, bits), LOCATION, LIMIT).orThrow())
                .hasMessage(message);
    }

    private static Image stream(int size, BitWriter bits) {
        Image body = Image.of(bits.toByteArray());
        return new Emitter().u32(body.size() + 1).u32(size).image(body).u8(0).toImage();
    }
}
