package igdrom.formats.capsule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.testing.Bruises;
import igdrom.testing.Corpus;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CapsuleTest {
    private static final Location LOCATION = Location.root("bios.cap");
    private static final Guid EFI = Guid.of("3B6686BD-0D76-4030-B70E-B5519E2FC5A0");
    private static final Guid TOSHIBA = Guid.of("3BE07062-1D51-45D2-832B-F093257ED461");
    private static final Guid APTIO = Guid.of("14EEBB90-890A-43DB-AED1-5D3C4588A418");

    private static Image written(Capsule capsule) {
        Emitter out = new Emitter();
        capsule.write(out);
        return out.toImage();
    }

    private static Image sample() {
        return new Emitter()
                .guid(EFI)
                .u32(0x20)
                .u32(0x10000)
                .u32(0x24)
                .u32(0xabcd)
                .ascii("BODY")
                .ascii("tail")
                .toImage();
    }

    @Test
    void read_separates_header_body_and_trailer() {
        Diagnostics diagnostics = new Diagnostics();
        Capsule capsule = Capsule.read(sample(), LOCATION, diagnostics);
        assertThat(capsule)
                .isEqualTo(
                        new Capsule(
                                EFI,
                                0x20,
                                0x10000,
                                0x24,
                                Image.ofHex("cdab0000"),
                                Image.ofAscii("BODY"),
                                Image.ofAscii("tail")));
        assertThat(capsule.bodyOffset()).isEqualTo(0x20);
        assertThat(diagnostics.list()).isEmpty();
        assertThat(written(capsule)).isEqualTo(sample());
    }

    @Test
    void toshiba_capsule_stores_its_size_before_its_flags() {
        Image image =
                new Emitter().guid(TOSHIBA).u32(0x1c).u32(0x20).u32(7).ascii("BODY").toImage();
        Diagnostics diagnostics = new Diagnostics();
        Capsule capsule = Capsule.read(image, LOCATION, diagnostics);
        assertThat(capsule.imageSize()).isEqualTo(0x20);
        assertThat(capsule.flags()).isEqualTo(7);
        assertThat(diagnostics.list()).isEmpty();
        assertThat(written(capsule)).isEqualTo(image);
    }

    @Test
    void aptio_capsule_stores_the_offset_of_the_update_in_its_own_field() {
        Image image =
                new Emitter()
                        .guid(APTIO)
                        .u32(0x1c)
                        .u32(0)
                        .u32(0x28)
                        .u16(0x24)
                        .fillTo(0x24, 0)
                        .ascii("BODY")
                        .toImage();
        Capsule capsule = Capsule.read(image, LOCATION, new Diagnostics());
        assertThat(capsule.body()).isEqualTo(Image.ofAscii("BODY"));
        assertThat(written(capsule)).isEqualTo(image);
    }

    @Test
    void truncated_capsule_yields_its_first_bytes() {
        Diagnostics diagnostics = new Diagnostics();
        Capsule capsule = Capsule.read(sample().slice(0, 0x22), LOCATION, diagnostics);
        assertThat(capsule.body()).isEqualTo(Image.ofAscii("BO"));
        assertThat(diagnostics.list())
                .extracting(Diagnostic::toString)
                .containsExactly(
                        "bios.cap +0x18: CapsuleImageSize is 0x24, the file has 0x22 bytes");
    }

    @Test
    void header_larger_than_the_file_is_refused() {
        assertThatThrownBy(() -> Capsule.read(sample().slice(0, 0x1c), LOCATION, new Diagnostics()))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("bios.cap +0x10: HeaderSize is 0x20, the file has 0x1c bytes");
    }

    @Test
    void capsules_of_the_corpus_are_recognised_and_written_back_unchanged() {
        for (Path file : Corpus.files("synthetic", ".cap.xz")) {
            Image image = Corpus.image(file);
            assertThat(Capsule.looksLikeCapsule(image)).isTrue();
            Capsule capsule = Capsule.read(image, LOCATION, new Diagnostics());
            assertThat(written(capsule).equals(image)).as(file.toString()).isTrue();
        }
    }

    @Test
    void bruised_capsule_is_refused_or_written_back_unchanged() {
        Bruises.all(
                sample(),
                image -> {
                    Capsule.looksLikeCapsule(image);
                    assertThat(written(Capsule.read(image, LOCATION, new Diagnostics())))
                            .isEqualTo(image);
                });
    }
}
