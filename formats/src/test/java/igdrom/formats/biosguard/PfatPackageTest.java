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
    private static final Location PLACE = Location.root("bios.cap");

    /// Two files, the first of them in two blocks.
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
        PfatPackage.read(image, PLACE, diagnostics);
        return diagnostics.list().stream().map(Diagnostic::toString).toList();
    }

    @Test
    void read_gives_the_files_without_what_stands_between_their_blocks() {
        Diagnostics diagnostics = new Diagnostics();
        PfatPackage pfat = PfatPackage.read(sample(), PLACE, diagnostics);
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
    void line_of_the_list_may_have_more_spaces_and_more_behind_the_name() {
        assertThat(PfatPart.ofLine("1  /P   12 ;FV_MAIN ;more"))
                .isEqualTo(new PfatPart(1, "/P", 12, "FV_MAIN", List.of()));
        assertThat(PfatPart.ofLine("1 12 ;FV_MAIN")).isNull();
        assertThat(PfatPart.ofLine("1 /P 123456 ;FV_MAIN")).isNull();
        assertThat(PfatPart.ofLine("1 /P 12")).isNull();
    }

    @Test
    void block_knows_from_its_script_where_it_belongs() {
        Block first =
                PfatPackage.read(sample(), PLACE, new Diagnostics())
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
    void signature_of_3072_bits_is_told_by_its_first_word() {
        Block block = new BlockEmitter("METEORLAKE", true).block(0, Image.ofAscii("DATA"));
        Emitter out = new Emitter();
        new Block(
                        block.header(),
                        block.script(),
                        block.data(),
                        new Emitter().u32(3).u32(6).fillTo(Block.RSA_3072, 0x5a).toImage())
                .write(out);
        Cursor in = new Cursor(out.u32(0).toImage(), PLACE);
        assertThat(Block.readSigned(in).signature().size()).isEqualTo(Block.RSA_3072);
        assertThat(in.remaining()).isEqualTo(4);
    }

    @Test
    void signature_of_unknown_kind_ends_where_the_next_block_begins() {
        Emitter out = new Emitter();
        for (int i = 0; i < 2; i++) {
            Block block = new BlockEmitter("ALDERLAKE", true).block(0, Image.ofAscii("DATA"));
            Image signature = new Emitter().u32(9).fillTo(Block.RSA_2048, 0x5a).toImage();
            new Block(block.header(), block.script(), block.data(), signature).write(out);
        }
        Cursor in = new Cursor(out.toImage(), PLACE);
        assertThat(Block.readSigned(in).signature().size()).isEqualTo(Block.RSA_2048);
    }

    @Test
    void package_that_is_cut_off_gives_up_its_whole_blocks() {
        Image cut = sample().slice(0, 0x10300);
        assertThat(diagnostics(cut))
                .containsExactly(
                        "bios.cap +0x102ea: FV_MAIN, block 2 of 2: Script needs 0x28 bytes, 0x16"
                                + " are left");
        PfatPackage pfat = PfatPackage.read(cut, PLACE, new Diagnostics());
        assertThat(pfat.parts().getFirst().blocks()).hasSize(1);
        assertThat(pfat.parts().getLast().blocks()).isEmpty();
        assertThat(written(pfat)).isEqualTo(cut.slice(0, pfat.size()));
    }

    @Test
    void line_that_is_no_file_is_a_finding() {
        Image odd = new Emitter().image(small()).patch(0x36, Image.ofAscii("x")).toImage();
        assertThat(diagnostics(odd))
                .containsExactly(
                        "bios.cap +0x36: a line of the list is not of the form \"1 /P 12 ;NAME\"");
    }

    @Test
    void header_without_room_for_its_title_is_refused() {
        Image bad = new Emitter().image(small()).patch(0, Image.ofHex("20000000")).toImage();
        assertThatThrownBy(() -> PfatPackage.read(bad, PLACE, new Diagnostics()))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("bios.cap +0x0: Size is 0x20, header and title take 0x34");
    }

    @Test
    void header_of_4_gib_is_refused() {
        Image bad = new Emitter().image(small()).patch(0, Image.ofHex("ffffffff")).toImage();
        assertThatThrownBy(() -> PfatPackage.read(bad, PLACE, new Diagnostics()))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("bios.cap +0x0: Size is 0xffffffff, the maximum is 0x10000");
    }

    @Test
    void other_title_is_refused() {
        Image bad = new Emitter().image(small()).patch(0x11, Image.ofAscii("B")).toImage();
        assertThat(PfatPackage.looksLikePackage(bad, 0)).isFalse();
        assertThatThrownBy(() -> PfatPackage.read(bad, PLACE, new Diagnostics()))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("bios.cap +0x11: List does not begin with its title");
    }

    @Test
    void bruised_package_reads_or_is_refused_and_what_reads_is_given_back() {
        Bruises.all(
                small(),
                image -> {
                    PfatPackage pfat = PfatPackage.read(image, PLACE, new Diagnostics());
                    assertThat(written(pfat)).isEqualTo(image.slice(0, pfat.size()));
                });
    }

    @Test
    void fuzzing_starts_from_a_package() throws IOException {
        Seeds.check(
                PfatPackageFuzzTest.class,
                "package_reads_or_is_refused_and_what_reads_is_given_back",
                "package",
                small());
    }
}
