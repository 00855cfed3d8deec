package igdrom.formats.biosguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.Seeds;
import igdrom.testing.Bruises;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PfatPackageTest {
    private static final Location LOCATION = Location.root("bios.cap");

    /// Two files, the first with two blocks.
    private static Image sample() {
        return new PfatEmitter("ALDERLAKE")
                .add("/P", "FV_MAIN", new Emitter().fill(0x11, 0x10004).toImage())
                .add("/B", "FV_BB", Image.ofAscii("BOOT"))
                .toImage();
    }

    private static Image small() {
        return new PfatEmitter("ALDERLAKE").add("/P", "A", Image.ofAscii("DATA")).toImage();
    }

    private static Image written(PfatPackage pfat) {
        Emitter out = new Emitter();
        pfat.write(out);
        return out.toImage();
    }

    private static List<String> diagnostics(Image image) {
        Diagnostics diagnostics = new Diagnostics();
        PfatPackage.read(image, LOCATION, diagnostics);
        return diagnostics.list().stream().map(Diagnostic::toString).toList();
    }

    @Test
    void read_joins_the_data_of_the_blocks_of_each_file() {
        Diagnostics diagnostics = new Diagnostics();
        PfatPackage pfat = PfatPackage.read(sample(), LOCATION, diagnostics);
        assertThat(diagnostics.list()).isEmpty();
        assertThat(pfat.parts()).extracting(PfatPart::name).containsExactly("FV_MAIN", "FV_BB");
        assertThat(pfat.parts()).extracting(PfatPart::parameter).containsExactly("/P", "/B");
        assertThat(pfat.parts()).extracting(PfatPart::count).containsExactly(2, 1);
        assertThat(Image.join(pfat.parts().getFirst().data()))
                .isEqualTo(new Emitter().fill(0x11, 0x10004).toImage());
        assertThat(Image.join(pfat.parts().getLast().data())).isEqualTo(Image.ofAscii("BOOT"));
        assertThat(pfat.size()).isEqualTo(sample().size());
        assertThat(written(pfat)).isEqualTo(sample());
        assertThat(PfatPackage.looksLikePackage(sample(), 0)).isTrue();
    }

    @Test
    void line_of_the_list_may_have_additional_spaces_and_text_after_the_name() {
        assertThat(PfatPart.ofLine("1  /P   12 ;FV_MAIN ;more"))
                .isEqualTo(new PfatPart(1, "/P", 12, "FV_MAIN", List.of()));
        assertThat(PfatPart.ofLine("1 12 ;FV_MAIN")).isNull();
        assertThat(PfatPart.ofLine("1 /P 123456 ;FV_MAIN")).isNull();
        assertThat(PfatPart.ofLine("1 /P 12")).isNull();
    }

    @Test
    void block_finds_its_flash_offset_in_its_script() {
        Block first =
                PfatPackage.read(sample(), LOCATION, new Diagnostics())
                        .parts()
                        .getFirst()
                        .blocks()
                        .getLast();
        assertThat(first.flashOffset()).isEqualTo(OptionalLong.of(0x10000));
        Image other = new Emitter().image(first.script()).patch(0, Image.ofHex("02")).toImage();
        assertThat(new Block(first.header(), other, first.data(), first.signature()).flashOffset())
                .isEmpty();
    }

    @Test
    void signature_of_3072_bits_is_identified_by_its_first_word() {
        Block block = new BlockEmitter("METEORLAKE", true).block(0, Image.ofAscii("DATA"));
        Emitter out = new Emitter();
        new Block(
                        block.header(),
                        block.script(),
                        block.data(),
                        new Emitter().u32(3).u32(6).fillTo(Block.RSA_3072_SIZE, 0x5a).toImage())
                .write(out);
        Cursor in = new Cursor(out.u32(0).toImage(), LOCATION);
        assertThat(Block.readSigned(in).signature().size()).isEqualTo(Block.RSA_3072_SIZE);
        assertThat(in.remaining()).isEqualTo(4);
    }

    @Test
    void signature_of_unknown_kind_ends_at_the_start_of_the_next_block() {
        Emitter out = new Emitter();
        for (int i = 0; i < 2; i++) {
            Block block = new BlockEmitter("ALDERLAKE", true).block(0, Image.ofAscii("DATA"));
            Image signature = new Emitter().u32(9).fillTo(Block.RSA_2048_SIZE, 0x5a).toImage();
            new Block(block.header(), block.script(), block.data(), signature).write(out);
        }
        Cursor in = new Cursor(out.toImage(), LOCATION);
        assertThat(Block.readSigned(in).signature().size()).isEqualTo(Block.RSA_2048_SIZE);
    }

    @Test
    void truncated_package_yields_its_whole_blocks() {
        Image cut = sample().slice(0, 0x10300);
        assertThat(diagnostics(cut))
                .containsExactly(
                        "bios.cap +0x102ea: FV_MAIN, block 2 of 2: Script needs 0x28 bytes, 0x16"
                                + " are left");
        PfatPackage pfat = PfatPackage.read(cut, LOCATION, new Diagnostics());
        assertThat(pfat.parts().getFirst().blocks()).hasSize(1);
        assertThat(pfat.parts().getLast().blocks()).isEmpty();
        assertThat(written(pfat)).isEqualTo(cut.slice(0, pfat.size()));
    }

    @Test
    void invalid_line_of_the_list_is_reported() {
        Image odd = new Emitter().image(small()).patch(0x36, Image.ofAscii("x")).toImage();
        assertThat(diagnostics(odd))
                .containsExactly(
                        "bios.cap +0x36: invalid line in List, expected the form \"1 /P 12"
                                + " ;NAME\"");
    }

    @Test
    void header_without_room_for_its_title_is_refused() {
        Image bad = new Emitter().image(small()).patch(0, Image.ofHex("20000000")).toImage();
        assertThatThrownBy(() -> PfatPackage.read(bad, LOCATION, new Diagnostics()))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("bios.cap +0x0: Size is 0x20, the minimum is 0x34");
    }

    @Test
    void header_larger_than_the_maximum_is_refused() {
        Image bad = new Emitter().image(small()).patch(0, Image.ofHex("ffffffff")).toImage();
        assertThatThrownBy(() -> PfatPackage.read(bad, LOCATION, new Diagnostics()))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("bios.cap +0x0: Size is 0xffffffff, the maximum is 0x10000");
    }

    @Test
    void other_title_is_refused() {
        Image bad = new Emitter().image(small()).patch(0x11, Image.ofAscii("B")).toImage();
        assertThat(PfatPackage.looksLikePackage(bad, 0)).isFalse();
        assertThatThrownBy(() -> PfatPackage.read(bad, LOCATION, new Diagnostics()))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("bios.cap +0x11: List does not start with its title");
    }

    @Test
    void bruised_package_is_refused_or_written_back_unchanged() {
        Bruises.all(
                small(),
                image -> {
                    PfatPackage pfat = PfatPackage.read(image, LOCATION, new Diagnostics());
                    assertThat(written(pfat)).isEqualTo(image.slice(0, pfat.size()));
                });
    }

    @Test
    void fuzzing_seed_is_a_package() throws IOException {
        Seeds.check(
                PfatPackageFuzzTest.class,
                "package_is_refused_or_written_back_unchanged",
                "package",
                small());
    }
}
