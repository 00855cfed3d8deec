package igdrom.formats.fv;

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
import java.util.List;
import org.junit.jupiter.api.Test;

class VolumeTest {
    private static final Location LOCATION = Location.root("fv.bin");
    private static final Guid DRIVER = Guid.of("11111111-2222-3333-4444-555555555555");
    private static final Guid TEXT = Guid.of("AAAAAAAA-2222-3333-4444-555555555555");

    private static Image driverBody() {
        return new SectionEmitter()
                .add(SectionType.PE32, Image.ofAscii("MZ-like!"))
                .addName("Driver")
                .toImage();
    }

    static Image sample() {
        return new VolumeEmitter()
                .add(DRIVER, FileType.DRIVER, driverBody())
                .add(TEXT, FileType.RAW, Image.ofAscii("raw text"))
                .toImage(0x1000);
    }

    private static Image written(Volume volume) {
        Emitter out = new Emitter();
        volume.write(out);
        return out.toImage();
    }

    private static List<String> problems(Diagnostics diagnostics) {
        return diagnostics.list().stream().map(Diagnostic::toString).toList();
    }

    @Test
    void read_of_an_emitted_volume_finds_its_files_and_free_space() {
        Diagnostics diagnostics = new Diagnostics();
        Volume volume = Volume.read(sample(), LOCATION, diagnostics);

        assertThat(diagnostics.list()).isEmpty();
        assertThat(volume.fileSystem()).isEqualTo(FileSystem.FFS2);
        assertThat(volume.size()).isEqualTo(0x1000);
        assertThat(volume.parts()).hasSize(4);
        FfsFile driver = (FfsFile) volume.parts().get(0);
        assertThat(driver.offset()).isEqualTo(0x48);
        assertThat(driver.header().name()).isEqualTo(DRIVER);
        assertThat(driver.type()).isEqualTo(FileType.DRIVER);
        assertThat(driver.body()).isEqualTo(driverBody());
        assertThat(volume.parts().get(1)).isInstanceOf(Gap.class);
        assertThat(((FfsFile) volume.parts().get(2)).body()).isEqualTo(Image.ofAscii("raw text"));
        assertThat(((Gap) volume.parts().get(3)).raw().isFilledWith(0xff)).isTrue();
    }

    @Test
    void file_of_16_mib_is_a_large_file_of_ffs3() {
        Image big = new Emitter().fill(0x5a, 0x1000000).toImage();
        Image body = new SectionEmitter().add(SectionType.RAW, big).toImage();
        Image image = new VolumeEmitter().add(DRIVER, FileType.FREEFORM, body).toImage(0);
        Diagnostics diagnostics = new Diagnostics();

        Volume volume = Volume.read(image, LOCATION, diagnostics);

        assertThat(diagnostics.list()).isEmpty();
        assertThat(volume.fileSystem()).isEqualTo(FileSystem.FFS3);
        FfsFile file = (FfsFile) volume.parts().get(0);
        assertThat(file.header().large()).isTrue();
        Section section = (Section) Section.readAll(file.body(), 0, LOCATION, diagnostics).get(0);
        assertThat(section.header().extended()).isTrue();
        assertThat(section.body()).isEqualTo(big);
        assertThat(written(volume)).isEqualTo(image);
    }

    @Test
    void volumes_of_the_corpus_are_written_back_unchanged() {
        int volumes = 0;
        for (String directory : List.of("firmware", "synthetic")) {
            for (Path file : Corpus.files(directory, ".xz")) {
                Image image = Corpus.image(file);
                for (long at = 0; at < image.size(); at++) {
                    if (image.u8(at) == '_' && Volume.looksLikeVolume(image, at - 0x28)) {
                        Image rest = image.from(at - 0x28);
                        Volume volume = Volume.read(rest, LOCATION, new Diagnostics());
                        assertThat(written(volume).equals(rest.slice(0, volume.size())))
                                .as("%s at 0x%x", file, at - 0x28)
                                .isTrue();
                        volumes++;
                    }
                }
            }
        }
        assertThat(volumes).isGreaterThan(30);
    }

    @Test
    void invalid_header_is_refused_with_field_and_rule() {
        assertThatThrownBy(() -> Volume.read(patched(0x28, "00"), LOCATION, new Diagnostics()))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("fv.bin +0x28: Signature is not \"_FVH\"");
        assertThatThrownBy(() -> Volume.read(patched(0x30, "1000"), LOCATION, new Diagnostics()))
                .hasMessage("fv.bin +0x30: HeaderLength is 0x10, expected 0x40 to 0x1000");
        assertThatThrownBy(() -> Volume.read(patched(0x20, "1000"), LOCATION, new Diagnostics()))
                .hasMessage("fv.bin +0x20: FvLength is 0x10, less than HeaderLength 0x48");
        assertThatThrownBy(() -> Volume.read(patched(0x40, "01"), LOCATION, new Diagnostics()))
                .hasMessage("fv.bin +0x38: BlockMap has no terminating entry within HeaderLength");
    }

    @Test
    void wrong_header_checksum_is_reported() {
        Diagnostics diagnostics = new Diagnostics();
        Volume volume = Volume.read(patched(0x32, "0000"), LOCATION, diagnostics);
        assertThat(problems(diagnostics))
                .containsExactly("fv.bin +0x32: Checksum is 0x0000, expected 0xd6ce");
        assertThat(volume.parts()).hasSize(4);
    }

    @Test
    void extended_header_inside_the_header_is_reported_and_skipped() {
        Diagnostics diagnostics = new Diagnostics();
        Volume volume = Volume.read(patched(0x34, "4000"), LOCATION, diagnostics);
        assertThat(problems(diagnostics))
                .contains("fv.bin +0x34: ExtHeaderOffset is 0x40, inside the header of 0x48 bytes");
        assertThat(volume.name()).isEmpty();
        assertThat(volume.parts()).hasSize(4);
    }

    @Test
    void truncated_volume_yields_its_first_bytes() {
        Diagnostics diagnostics = new Diagnostics();
        Volume volume = Volume.read(sample().slice(0, 0x90), LOCATION, diagnostics);
        assertThat(problems(diagnostics))
                .containsExactly("fv.bin +0x20: FvLength is 0x1000, only 0x90 bytes are left");
        assertThat(((FfsFile) volume.parts().get(0)).header().name()).isEqualTo(DRIVER);
    }

    @Test
    void file_with_an_invalid_header_does_not_hide_those_after_it() {
        Diagnostics diagnostics = new Diagnostics();
        Volume volume = Volume.read(patched(0x48 + 0x14, "000000"), LOCATION, diagnostics);
        assertThat(problems(diagnostics))
                .containsExactly(
                        "fv.bin +0x48: file "
                                + DRIVER
                                + " has Size 0x0, less than its header of 0x18");
        assertThat(volume.parts()).hasSize(3);
        assertThat(((FfsFile) volume.parts().get(1)).header().name()).isEqualTo(TEXT);
        assertThat(volume.size()).isEqualTo(0x1000);
    }

    @Test
    void bruised_volume_is_refused_or_written_back_unchanged() {
        Bruises.all(
                sample().slice(0, 0x100),
                image -> {
                    Volume volume = Volume.read(image, LOCATION, new Diagnostics());
                    assertThat(written(volume)).isEqualTo(image.slice(0, volume.size()));
                    for (VolumePart part : volume.parts()) {
                        if (part instanceof FfsFile file) {
                            Section.readAll(file.body(), 0, LOCATION, new Diagnostics());
                        }
                    }
                });
    }

    private static Image patched(long at, String hex) {
        return new Emitter().image(sample()).patch(at, Image.ofHex(hex)).toImage();
    }
}
