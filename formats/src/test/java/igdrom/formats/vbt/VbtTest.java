package igdrom.formats.vbt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.Seeds;
import igdrom.testing.Bruises;
import igdrom.testing.Corpus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class VbtTest {
    static final Location FILE = Location.root("board.vbt");
    static final Timing FULL_HD = new Timing(148_500, 1920, 280, 88, 44, 1080, 45, 4, 5);

    private static final int BDB = 0x30;

    private final Diagnostics diagnostics = new Diagnostics();

    /// A small notebook: a panel, an HDMI connector, a Type-C connector and an absent output.
    static Vbt notebook() {
        return new VbtBuilder("ALDERLAKE-P", 256)
                .device(8, DeviceType.EDP, DvoPort.DP_A, 0, 0x40)
                .device(4, DeviceType.HDMI, DvoPort.HDMI_B, 2, 0)
                .device(0x40, DeviceType.DISPLAY_PORT, DvoPort.DP_F, 0, 0x60)
                .device(0x20, DeviceType.NONE, DvoPort.HDMI_A, 0, 0)
                .panel(FULL_HD, "Own panel")
                .build();
    }

    @Test
    void read_gives_header_and_blocks() {
        Vbt vbt = Vbt.read(bytes(notebook()), FILE, diagnostics);
        assertThat(vbt.header())
                .isEqualTo(
                        new VbtHeader(
                                Image.ofAscii("$VBT ALDERLAKE-P    "),
                                100,
                                0x30,
                                (int) bytes(notebook()).size(),
                                vbt.header().checksum(),
                                0,
                                BDB));
        assertThat(vbt.header().platform()).isEqualTo("ALDERLAKE-P");
        assertThat(vbt.bdb().version()).isEqualTo(256);
        assertThat(vbt.bdb().blocks()).extracting(BdbBlock::id).containsExactly(1, 2, 40, 41, 42);
        assertThat(vbt.bdb().block(2).orElseThrow().name()).isEqualTo("general definitions");
        assertThat(vbt.bdb().block(2).orElseThrow().data().size()).isEqualTo(5 + 4 * 40);
        assertThat(vbt.trailing()).isEqualTo(Image.EMPTY);
        assertThat(vbt.body()).isEqualTo(bytes(notebook()));
        assertThat(diagnostics.list()).isEmpty();
    }

    @Test
    void read_and_write_give_back_the_bytes_of_every_real_vbt() {
        for (Path file : Corpus.files("vbt", ".vbt")) {
            Image image = Corpus.image(file);
            assertThat(Vbt.looksLikeVbt(image, 0)).isTrue();
            Vbt vbt = Vbt.read(image, FILE, new Diagnostics());
            assertThat(bytes(vbt)).as(file.toString()).isEqualTo(image);
            assertThat(vbt.bdb().blocks()).hasSizeGreaterThan(15);
            assertThat(vbt.bdb().tail()).isEqualTo(Image.EMPTY);
            assertThat(Vbt.sizeAt(image, 0)).isEqualTo(vbt.header().vbtSize());
        }
    }

    @Test
    void real_vbts_have_only_odd_checksums_and_trailing_bytes() {
        for (Path file : Corpus.files("vbt", ".vbt")) {
            Diagnostics found = new Diagnostics();
            Vbt vbt = Vbt.read(Corpus.image(file), FILE, found);
            VbtContent.read(vbt, FILE, found);
            assertThat(found.list())
                    .as(file.toString())
                    .allSatisfy(diagnostic ->
                            assertThat(diagnostic.problem())
                                    .matches("the checksum of .*|0x.* bytes after the VBT"));
        }
    }

    @Test
    void last_block_may_end_one_byte_after_the_bdb_when_the_vbt_does() {
        Image image = bytes(notebook());
        int size = image.u16(BDB + 20);
        Vbt vbt =
                Vbt.read(withChecksum(patched(image, BDB + 20, u16(size - 1))), FILE, diagnostics);
        assertThat(vbt.bdb().blocks()).hasSize(5);
        assertThat(diagnostics.list()).isEmpty();
    }

    @Test
    void mipi_sequences_of_version_3_have_a_wide_size() {
        Image sequences = new Emitter().u8(3).u32(2).fill(0xab, 2).toImage();
        Image compression = new Emitter().fill(0, 22).toImage();
        Image image =
                bytes(
                        new VbtBuilder("BROXTON", 207)
                                .block(53, sequences)
                                .block(56, compression)
                                .build());
        Vbt vbt = Vbt.read(withBlockSize(image, 53, 0xffff), FILE, diagnostics);
        assertThat(vbt.bdb().block(53).orElseThrow().data()).isEqualTo(sequences);
        assertThat(VbtContent.read(vbt, FILE, diagnostics).mipiSequenceVersion()).isEqualTo(3);
    }

    @Test
    void odd_values_are_diagnostics() {
        Image good = bytes(notebook());
        long size = good.size();
        assertThat(problems(patched(good, 0x1a, "00")))
                .containsExactly(
                        "board.vbt +0x1a: the checksum of 0x%x bytes is 0x%02x, expected 0"
                                .formatted(size, -good.u8(0x1a) & 0xff));
        assertThat(problems(new Emitter().image(good).fill(0xff, 7).toImage()))
                .containsExactly("board.vbt +0x%x: 0x7 bytes after the VBT".formatted(size));
        assertThat(problems(withChecksum(patched(good, 17, "00"))))
                .containsExactly(
                        "board.vbt +0x11: Signature contains the byte 0x00, expected text");
        assertThat(problems(withChecksum(patched(good, 0x18, u16((int) size - 1)))).getFirst())
                .isEqualTo(
                        "board.vbt +0x18: VbtSize is 0x%x, the BDB ends at 0x%x"
                                .formatted(size - 1, size));
        assertThat(problems(good.slice(0, size - 1)))
                .containsExactly(
                        "board.vbt/BDB@0x30 +0x%x: block 42 has 0x%x bytes, 0x%x are left"
                                .formatted(size - BDB - 1267, 1267, 1266),
                        "board.vbt +0x18: the VBT is truncated: it has 0x%x bytes, 0x%x are left"
                                .formatted(size, size - 1));
        assertThat(problems(withChecksum(patched(good, BDB + 18, "0100"))))
                .containsExactly(
                        "board.vbt/BDB@0x30 +0x12: HeaderSize 0x1 is invalid, blocks are read from"
                                + " 0x16 on");
        Image zeros = bytes(new VbtBuilder("X", 256).block(0, Image.of(new byte[3000])).build());
        assertThat(problems(withChecksum(withBlockSize(zeros, 0, 0))))
                .containsExactly(
                        "board.vbt/BDB@0x30 +0x325: more than 256 blocks, the rest is not read");
    }

    @Test
    void vbt_without_signature_or_bdb_is_refused() {
        Image good = bytes(notebook());
        assertRefused(patched(good, 0, "00"), "board.vbt +0x0: Signature is not \"$VBT\"");
        assertRefused(
                patched(good, BDB, "00"),
                "board.vbt/BDB@0x30 +0x0: Signature is not \"BIOS_DATA_BLOCK\"");
        assertRefused(
                patched(good, 0x1c, "10000000"),
                "board.vbt +0x1c: BdbOffset is 0x10, inside the header");
        assertRefused(
                patched(good, 0x1c, "ffffffff"),
                "board.vbt +0x1c: BdbOffset is 0xffffffff, the image ends at 0x%x"
                        .formatted(good.size()));
        assertRefused(
                good.slice(0, 0x1e), "board.vbt +0x1c: BdbOffset needs 0x4 bytes, 0x2 are left");
    }

    @Test
    void quick_check_requires_the_bdb_at_its_offset() {
        Image image = new Emitter().fill(0, 5).image(bytes(notebook())).toImage();
        assertThat(Vbt.looksLikeVbt(image, 5)).isTrue();
        assertThat(Vbt.sizeAt(image, 5)).isEqualTo(image.size() - 5);
        assertThat(Vbt.looksLikeVbt(image, 4)).isFalse();
        assertThat(Vbt.looksLikeVbt(image, -5)).isFalse();
        assertThat(Vbt.looksLikeVbt(image, Long.MAX_VALUE)).isFalse();
        assertThat(Vbt.looksLikeVbt(Image.ofAscii("$VBT"), 0)).isFalse();
        assertThat(Vbt.looksLikeVbt(patched(image, 5 + BDB, "00"), 5)).isFalse();
    }

    @Test
    void whole_size_is_the_larger_of_vbt_size_and_bdb_end() {
        Image good = bytes(notebook());
        int size = (int) good.size();
        Image padded = new Emitter().image(good).fill(0xff, 9).toImage();
        assertThat(Vbt.wholeSize(padded, FILE)).isEqualTo(size);
        assertThat(Vbt.wholeSize(patched(good, 0x18, "0000"), FILE)).isEqualTo(size);
        assertThat(Vbt.wholeSize(patched(padded, 0x18, u16(size + 9)), FILE)).isEqualTo(size + 9);
        assertThat(Vbt.wholeSize(patched(good, BDB + 0x14, "0000"), FILE)).isEqualTo(size);
    }

    @Test
    void whole_size_of_a_truncated_or_invalid_vbt_is_refused() {
        Image good = bytes(notebook());
        assertNotWhole(good.slice(0, 0x1f), "+0x1c: BdbOffset needs 0x4 bytes, 0x3 are left");
        assertNotWhole(patched(good, 0, "25"), "+0x0: Signature is not \"$VBT\"");
        assertNotWhole(
                patched(good, 0x1c, "1f000000"), "+0x1c: BdbOffset is 0x1f, inside the header");
        assertNotWhole(
                patched(good, 0x1c, "ffffffff"),
                "+0x1c: BdbOffset is 0xffffffff, the image ends at 0x%x".formatted(good.size()));
        assertNotWhole(
                patched(good, BDB, "62"),
                "/BDB@0x%x +0x0: Signature is not \"BIOS_DATA_BLOCK\"".formatted(BDB));
        assertNotWhole(
                patched(patched(good, 0x18, "4500"), BDB + 0x14, "0000"),
                "+0x18: VbtSize is 0x45, the BDB header ends at 0x46");
        assertNotWhole(
                patched(good, 0x18, "ffff"),
                "+0x18: the VBT is truncated: it has 0xffff bytes, 0x%x are left"
                        .formatted(good.size()));
        assertNotWhole(
                good.slice(0, good.size() - 1),
                "+0x18: the VBT is truncated: it has 0x%x bytes, 0x%x are left"
                        .formatted(good.size(), good.size() - 1));
        Image far = new Emitter().image(good).fillTo(0x10000, 0).image(good.from(BDB)).toImage();
        assertNotWhole(
                patched(far, 0x1c, "00000100"),
                "+0x1c: BdbOffset is 0x10000, the maximum is 0xffff");
    }

    private static void assertNotWhole(Image image, String message) {
        assertThatThrownBy(() -> Vbt.wholeSize(image, FILE))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("board.vbt" + (message.startsWith("/") ? "" : " ") + message);
    }

    @Test
    void vbt_that_the_quick_check_accepts_can_be_read() {
        Bruises.all(
                small(),
                bruised -> {
                    if (Vbt.looksLikeVbt(bruised, 0)) {
                        Image vbt = bruised.slice(0, Vbt.sizeAt(bruised, 0));
                        assertThatCode(() -> readAndWrite(vbt)).doesNotThrowAnyException();
                    }
                });
    }

    @Test
    void every_bruise_reads_or_is_refused() {
        Bruises.all(small(), VbtTest::readAndWrite);
        Bruises.bytes(bytes(notebook()), 1, VbtTest::readAndWrite);
    }

    @Test
    void fuzzing_starts_from_built_tables() throws IOException {
        seed("notebook.vbt", bytes(notebook()));
        seed("small.vbt", small());
        Vbt old =
                new VbtBuilder("CANTIGA", 146)
                        .device(8, new DeviceType(0x1022), DvoPort.LVDS, 3, 0)
                        .build();
        seed("old.vbt", bytes(old));
    }

    private static void seed(String name, Image vbt) throws IOException {
        for (String method : List.of("reads_or_refuses", "edits_or_refuses")) {
            Seeds.check(VbtFuzzTest.class, method, name, vbt);
        }
    }

    private static void readAndWrite(Image image) {
        Vbt vbt = Vbt.read(image, FILE, new Diagnostics());
        assertThat(bytes(vbt)).isEqualTo(image);
        VbtContent content = VbtContent.read(vbt, FILE, new Diagnostics());
        content.outputs().forEach(output -> assertThat(output.toString()).isNotEmpty());
    }

    private static Image small() {
        Image mipi = new Emitter().u8(3).u32(5).toImage();
        return bytes(
                new VbtBuilder("METEORLAKE", 256)
                        .device(8, DeviceType.EDP, DvoPort.DP_A, 0, 0x40)
                        .block(53, mipi)
                        .block(58, new Emitter().u16(24).fill(1, 24).toImage())
                        .build());
    }

    private static List<String> problems(Image image) {
        Diagnostics found = new Diagnostics();
        assertThat(bytes(Vbt.read(image, FILE, found))).isEqualTo(image);
        return found.list().stream().map(Diagnostic::toString).toList();
    }

    private void assertRefused(Image image, String message) {
        assertThatThrownBy(() -> Vbt.read(image, FILE, diagnostics))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage(message);
    }

    static Image bytes(Vbt vbt) {
        Emitter out = new Emitter();
        vbt.write(out);
        return out.toImage();
    }

    private static Image withBlockSize(Image image, int id, int size) {
        Vbt vbt = Vbt.read(image, FILE, new Diagnostics());
        long at = BDB + vbt.bdb().block(id).orElseThrow().offset();
        return patched(image, at + 1, u16(size));
    }

    private static Image withChecksum(Image image) {
        int sum = -patched(image, 0x1a, "00").sum8() & 0xff;
        return patched(image, 0x1a, "%02x".formatted(sum));
    }

    private static String u16(int value) {
        return "%02x%02x".formatted(value & 0xff, value >>> 8);
    }

    static Image patched(Image image, long offset, String hex) {
        return new Emitter().image(image).patch(offset, Image.ofHex(hex)).toImage();
    }
}
