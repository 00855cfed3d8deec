package igdrom.formats.pfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.api.Test;

class DellSectionTest {
    private static final Location LOCATION = Location.root("bios.exe");

    private static Image written(DellSection section) {
        Emitter out = new Emitter();
        section.write(out);
        return out.toImage();
    }

    private static Image sample() {
        return written(DellSection.of(DellSection.FIRMWARE, Image.ofAscii("PACKED")));
    }

    private static Image patched(long at, String hex) {
        return new Emitter().image(sample()).patch(at, Image.ofHex(hex)).toImage();
    }

    private static List<String> diagnostics(Image image) {
        Diagnostics diagnostics = new Diagnostics();
        DellSection.read(image, LOCATION, diagnostics);
        return diagnostics.list().stream().map(Diagnostic::toString).toList();
    }

    @Test
    void emitted_section_has_the_documented_bytes() {
        assertThat(sample())
                .isEqualTo(
                        Image.ofHex(
                                "06000000 aa eeaa761becbb20f1e651 b4 5041434b454406000000"
                                        + " eeaaee8f491be8ae143790 84"));
    }

    @Test
    void read_gives_the_compressed_data() {
        Diagnostics diagnostics = new Diagnostics();
        DellSection section = DellSection.read(sample(), LOCATION, diagnostics);
        assertThat(diagnostics.list()).isEmpty();
        assertThat(section.compressed()).isEqualTo(Image.ofAscii("PACKED"));
        assertThat(section.type()).isEqualTo(DellSection.FIRMWARE);
        assertThat(section.length()).isEqualTo(sample().size());
        assertThat(written(section)).isEqualTo(sample());
        assertThat(DellSection.looksLikeSection(patched(16, "78"), 0)).isTrue();
        // The signature alone, without a zlib stream.
        assertThat(DellSection.looksLikeSection(sample(), 0)).isFalse();
    }

    @Test
    void truncated_section_yields_its_first_bytes() {
        Image cut = sample().slice(0, 0x12);
        assertThat(diagnostics(cut))
                .containsExactly("bios.exe +0x0: Size is 0x6, only 0x2 bytes are left");
        assertThat(written(DellSection.read(cut, LOCATION, new Diagnostics()))).isEqualTo(cut);
    }

    @Test
    void mismatches_are_reported() {
        assertThat(diagnostics(patched(0x0f, "00")))
                .containsExactly("bios.exe +0xf: Checksum is 0x00, expected 0xb4");
        assertThat(diagnostics(patched(0x1a, "00")))
                .containsExactly("bios.exe +0x16: the footer is missing");
        assertThat(diagnostics(patched(0x16, "07")))
                .containsExactly("bios.exe +0x16: Size in the footer is 0x7, in the header 0x6");
    }

    @Test
    void other_signature_is_refused() {
        Image other = new Emitter().image(patched(16, "78")).patch(5, Image.ofHex("ef")).toImage();
        assertThat(DellSection.looksLikeSection(other, 0)).isFalse();
        assertThatThrownBy(() -> DellSection.read(patched(5, "ef"), LOCATION, new Diagnostics()))
                .isInstanceOf(MalformedImageException.class)
                .hasMessageStartingWith("bios.exe +0x5: Signature is not \"");
    }

    @Test
    void bruised_section_is_refused_or_written_back_unchanged() {
        Bruises.all(
                sample(),
                image -> {
                    DellSection section = DellSection.read(image, LOCATION, new Diagnostics());
                    assertThat(written(section)).isEqualTo(image.slice(0, section.length()));
                });
    }

    @Test
    void fuzzing_seed_is_a_section() throws IOException {
        Seeds.check(
                PfsPackageFuzzTest.class,
                "section_is_refused_or_written_back_unchanged",
                "section",
                sample());
    }
}
