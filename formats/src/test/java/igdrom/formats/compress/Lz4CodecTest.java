package igdrom.formats.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import org.junit.jupiter.api.Test;

class Lz4CodecTest {
    private static final Location LOCATION = Location.root("compressed");
    private static final long LIMIT = 1 << 20;
    private static final String HEADER = "04224d18 60 40 82";

    private static final String PROGRAM =
            "04224d187c401f00000000000000c40e0000004f474f5020040003505020474f50d8c40c39000000001db85975";

    @Test
    void literals_and_overlapping_matches_are_read() {
        // Two literals, a match of 4 + 15 + 1 two bytes back, and a last literal.
        Image compressed = Image.ofHex(HEADER + "08000000 2f 6162 0200 01 10 63 00000000");
        assertThat(Codec.LZ4.decompress(compressed, LOCATION, LIMIT))
                .isEqualTo(
                        new Decompressed.Whole(
                                Codec.LZ4,
                                Image.ofAscii("abababababababababababc"),
                                compressed.size()));
    }

    /// Made with `printf 'GOP GOP GOP GOP GOP GOP GOP GOP' | lz4 -9 --content-size -BX`.
    @Test
    void frame_of_the_lz4_program_is_read() {
        Image compressed = Image.ofHex(PROGRAM);
        assertThat(Codec.LZ4.decompress(compressed, LOCATION, LIMIT))
                .isEqualTo(
                        new Decompressed.Whole(
                                Codec.LZ4,
                                Image.ofAscii("GOP GOP GOP GOP GOP GOP GOP GOP"),
                                compressed.size()));
        assertThat(Codec.LZ4.decompressedSize(compressed, LOCATION)).hasValue(31);
    }

    @Test
    void other_signatures_versions_and_features_are_refused() {
        assertRefused(
                "03224d18", "compressed +0x0: Magic Number is 0x184d2203, expected 0x184d2204");
        assertRefused("04224d18 20", "compressed +0x4: Version is 0, expected 1");
        assertRefused(
                "04224d18 41",
                "compressed +0x4: FLG requires a dictionary, which is not supported");
        assertRefused("04224d18 40 30", "compressed +0x5: Block MaxSize is 3, the minimum is 4");
    }

    @Test
    void damage_is_reported_with_its_block() {
        assertRefused(
                HEADER + "01000100 00",
                "compressed +0x7: Block Size is 0x10001, the maximum is 0x10000");
        assertRefused(
                HEADER + "04000000 10 61 0200",
                "compressed +0x7: match distance is 0x2, expected 0x1 to 0x1");
        assertRefused(HEADER + "02000000 f0 00", "compressed +0x7: a block ends within a sequence");
        assertRefused(
                HEADER + "04000080 6162",
                "compressed +0x7: the block is truncated, 0x2 bytes are missing");
        assertRefused(
                HEADER + "02000000 10 61",
                "compressed +0xd: Block Size needs 0x4 bytes, 0x0 are left");
        assertRefused(
                "04224d18 68 40 0200000000000000 00 01000080 61 00000000",
                "compressed +0x14: Content Size is 0x2, the blocks have 0x1 bytes");
        assertRefused(
                "04224d18 68 40 0100000000000000 00 02000080 6161 00000000",
                "compressed +0xf: the output exceeds 0x1 bytes");
    }

    /// A frame of stored blocks and, last, one of literals.
    static Image frame(Image content) {
        Emitter out = new Emitter().image(Image.ofHex(HEADER));
        long at = 0;
        for (; content.size() - at > 1000; at += 1000) {
            out.u32((1L << 31) | 1000).image(content.slice(at, 1000));
        }
        Emitter block = new Emitter();
        long left = content.size() - at;
        if (left < 15) {
            block.u8((int) left << 4);
        } else {
            block.u8(0xf0);
            for (left -= 15; left >= 255; left -= 255) {
                block.u8(255);
            }
            block.u8((int) left);
        }
        block.image(content.from(at));
        return out.u32(block.position()).image(block.toImage()).u32(0).toImage();
    }

    private static void assertRefused(String hex, String message) {
        assertThatThrownBy(() -> Codec.LZ4.decompress(Image.ofHex(hex), LOCATION, LIMIT).orThrow())
                .hasMessage(message);
    }
}
