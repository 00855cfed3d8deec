package igdrom.formats.fv;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.testing.Bruises;
import java.util.List;
import org.junit.jupiter.api.Test;

class SectionTest {
    private static final Location LOCATION = Location.root("file");
    private static final Guid CRC32 = Guid.of("FC1BCDB0-7D31-49AA-936A-A4600D9DD083");

    private static Image sample() {
        return new SectionEmitter()
                .addCompression(1, 0x1234, Image.ofHex("0102030405"))
                .addGuidDefined(CRC32, 2, Image.ofHex("aabbccdd"), Image.ofHex("99"))
                .add(SectionType.RAW, Image.ofHex("4242"))
                .addName("Gop")
                .toImage();
    }

    private static Image written(List<SectionPart> parts) {
        Emitter out = new Emitter();
        parts.forEach(part -> part.write(out));
        return out.toImage();
    }

    @Test
    void read_of_emitted_sections_finds_all_headers_and_bodies() {
        Diagnostics diagnostics = new Diagnostics();
        List<SectionPart> parts = Section.readAll(sample(), 0, LOCATION, diagnostics);

        assertThat(diagnostics.list()).isEmpty();
        assertThat(parts.stream().filter(Section.class::isInstance))
                .containsExactly(
                        new Section.Compression(
                                0,
                                new SectionHeader(14, 1, false),
                                0x1234,
                                1,
                                Image.ofHex("0102030405")),
                        new Section.GuidDefined(
                                16,
                                new SectionHeader(29, 2, false),
                                CRC32,
                                28,
                                2,
                                Image.ofHex("aabbccdd"),
                                Image.ofHex("99")),
                        new Section.Plain(
                                48, new SectionHeader(6, 0x19, false), Image.ofHex("4242")),
                        new Section.Plain(
                                56,
                                new SectionHeader(12, 0x15, false),
                                Image.ofHex("4700 6f00 7000 0000")));
        assertThat(written(parts)).isEqualTo(sample());
    }

    @Test
    void truncated_section_yields_its_first_bytes() {
        Diagnostics diagnostics = new Diagnostics();
        Image cut = new SectionEmitter().add(SectionType.RAW, Image.ofHex("11223344")).toImage();
        List<SectionPart> parts = Section.readAll(cut.slice(0, 6), 0, LOCATION, diagnostics);
        assertThat(diagnostics.list())
                .extracting(Diagnostic::toString)
                .containsExactly("file +0x0: raw section has Size 0x8, only 0x6 bytes are left");
        assertThat(written(parts)).isEqualTo(cut.slice(0, 6));
    }

    @Test
    void section_of_size_zero_is_reported_and_ends_reading() {
        Diagnostics diagnostics = new Diagnostics();
        Image image = Image.ofHex("0000 0019 4242 4242");
        assertThat(Section.readAll(image, 0, LOCATION, diagnostics))
                .containsExactly(new Gap(0, image));
        assertThat(diagnostics.list())
                .extracting(Diagnostic::toString)
                .containsExactly("file +0x0: section has Size 0x0, less than its header of 0x4");
    }

    @Test
    void data_offset_outside_its_section_is_reported_and_ends_reading() {
        Diagnostics diagnostics = new Diagnostics();
        Image image =
                new Emitter()
                        .image(
                                new SectionEmitter()
                                        .addGuidDefined(CRC32, 1, Image.EMPTY, Image.ofHex("99"))
                                        .toImage())
                        .patch(20, Image.ofHex("ff00"))
                        .toImage();
        Section.readAll(image, 0, LOCATION, diagnostics);
        assertThat(diagnostics.list())
                .extracting(Diagnostic::toString)
                .containsExactly("file +0x14: DataOffset is 0xff, the section has 0x19 bytes");
    }

    @Test
    void padding_after_the_last_section_is_not_reported() {
        Diagnostics diagnostics = new Diagnostics();
        Image image = new Emitter().image(sample()).align(4, 0).fill(0xff, 24).toImage();
        List<SectionPart> parts = Section.readAll(image, 0, LOCATION, diagnostics);
        assertThat(diagnostics.list()).isEmpty();
        assertThat(written(parts)).isEqualTo(image);
    }

    @Test
    void bruised_sections_are_written_back_unchanged() {
        Bruises.all(
                sample(),
                image ->
                        assertThat(written(Section.readAll(image, 0, LOCATION, new Diagnostics())))
                                .isEqualTo(image));
    }
}
