package igdrom.formats.pfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.Seeds;
import igdrom.testing.Bruises;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PfsPackageTest {
    private static final Location LOCATION = Location.root("bios.hdr");
    private static final Guid ONE = Guid.of("11111111-2222-3333-4444-555555555555");
    private static final Guid TWO = Guid.of("66666666-7777-8888-9999-aaaaaaaaaaaa");

    private static Image sample() {
        return new PfsEmitter()
                .add(ONE, Image.ofAscii("FIRMWARE"), Image.ofAscii("META"))
                .add(TWO, Image.ofAscii("MORE"))
                .toImage();
    }

    private static Image patched(Image image, long at, String hex) {
        return new Emitter().image(image).patch(at, Image.ofHex(hex)).toImage();
    }

    private static Image written(PfsPackage pfs) {
        Emitter out = new Emitter();
        pfs.write(out);
        return out.toImage();
    }

    private static List<String> diagnostics(Image image) {
        Diagnostics diagnostics = new Diagnostics();
        PfsPackage.read(image, LOCATION, diagnostics);
        return diagnostics.list().stream().map(Diagnostic::toString).toList();
    }

    @Test
    void read_gives_the_entries() {
        Diagnostics diagnostics = new Diagnostics();
        PfsPackage pfs = PfsPackage.read(sample(), LOCATION, diagnostics);
        assertThat(diagnostics.list()).isEmpty();
        assertThat(pfs.entries()).extracting(PfsEntry::guid).containsExactly(ONE, TWO);
        assertThat(pfs.entries().getFirst())
                .isEqualTo(
                        new PfsEntry(
                                ONE,
                                1,
                                Image.ofAscii("NNN "),
                                Image.ofHex("0100 0200 0300 0000"),
                                0,
                                new PfsEntry.Sizes(8, 0, 4, 0),
                                new Emitter().fill(0, 16).toImage(),
                                Image.ofAscii("FIRMWARE"),
                                Image.EMPTY,
                                Image.ofAscii("META"),
                                Image.EMPTY));
        assertThat(pfs.rest()).isEqualTo(Image.EMPTY);
        assertThat(pfs.size()).isEqualTo(sample().size());
        assertThat(written(pfs)).isEqualTo(sample());
        assertThat(PfsPackage.looksLikePackage(sample(), 0)).isTrue();
    }

    @Test
    void entry_of_version_2_has_a_longer_header() {
        Image payload =
                new Emitter()
                        .guid(ONE)
                        .u32(2)
                        .fill(0, 20)
                        .u32(4)
                        .u32(2)
                        .u32(0)
                        .u32(0)
                        .fill(0x77, 32)
                        .ascii("DATAsg")
                        .toImage();
        Cursor in = new Cursor(payload, LOCATION);
        PfsEntry entry = PfsEntry.read(in, new Diagnostics());
        assertThat(entry.data()).isEqualTo(Image.ofAscii("DATA"));
        assertThat(entry.dataSignature()).isEqualTo(Image.ofAscii("sg"));
        assertThat(entry.dataOffset()).isEqualTo(0x58);
        assertThat(in.remaining()).isZero();
    }

    @Test
    void truncated_package_yields_its_first_bytes() {
        Image cut = sample().slice(0, 0x5c);
        assertThat(diagnostics(cut))
                .containsExactly(
                        "bios.hdr +0xc: PayloadSize is 0xa0, only 0x4c bytes are left",
                        "bios.hdr/payload@0x10 +0x0: the parts of the entry take 0xc bytes, only"
                                + " 0x4 are left");
        PfsPackage pfs = PfsPackage.read(cut, LOCATION, new Diagnostics());
        assertThat(pfs.entries().getFirst().data()).isEqualTo(Image.ofAscii("FIRM"));
        assertThat(written(pfs)).isEqualTo(cut);
    }

    @Test
    void wrong_checksum_is_reported() {
        assertThat(diagnostics(patched(sample(), 0x58, "41")))
                .singleElement()
                .asString()
                .startsWith("bios.hdr +0xb4: Checksum is 0x");
    }

    @Test
    void package_without_a_footer_is_reported() {
        assertThat(diagnostics(sample().slice(0, 0xb0)))
                .containsExactly("bios.hdr +0xb0: the footer is missing");
    }

    @Test
    void unknown_entry_version_ends_reading() {
        Image odd = patched(sample(), 0x10 + 0x54 + 0x10, "07");
        assertThat(diagnostics(odd))
                .contains("bios.hdr/payload@0x10 +0x64: HeaderVersion is 0x7, expected 0x1 or 0x2");
        PfsPackage pfs = PfsPackage.read(odd, LOCATION, new Diagnostics());
        assertThat(pfs.entries()).hasSize(1);
        assertThat(pfs.rest().size()).isEqualTo(0x4c);
        assertThat(written(pfs)).isEqualTo(odd);
    }

    @Test
    void unknown_package_version_is_refused() {
        Image bad = patched(sample(), 8, "03");
        assertThat(PfsPackage.looksLikePackage(bad, 0)).isFalse();
        assertThatThrownBy(() -> PfsPackage.read(bad, LOCATION, new Diagnostics()))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("bios.hdr +0x8: HeaderVersion is 0x3, expected 0x1 or 0x2");
    }

    @Test
    void bruised_package_is_refused_or_written_back_unchanged() {
        Bruises.all(
                sample(),
                image -> {
                    PfsPackage pfs = PfsPackage.read(image, LOCATION, new Diagnostics());
                    assertThat(written(pfs)).isEqualTo(image.slice(0, pfs.size()));
                });
    }

    @Test
    void fuzzing_seeds_are_packages() throws IOException {
        String method = "package_is_refused_or_written_back_unchanged";
        Seeds.check(PfsPackageFuzzTest.class, method, "package", sample());
        Image chunks =
                new PfsEmitter()
                        .addChunk(ONE, 4, 0xff000004L, Image.ofAscii("DATA"))
                        .addChunk(TWO, 0, 0xff000000L, Image.ofAscii("MORE"))
                        .toImage();
        Seeds.check(PfsPackageFuzzTest.class, method, "chunks", chunks);
    }
}
