package igdrom.formats.cbfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.testing.Bruises;
import java.util.List;
import org.junit.jupiter.api.Test;

class CbfsFileTest {
    private static final Location LOCATION = Location.root("coreboot.rom");

    /// `vbt.bin` with 4 bytes of data and an attribute for LZMA of 9 bytes.
    private static Image sample() {
        return new Emitter()
                .ascii("LARCHIVE")
                .image(Image.ofHex("00000004 00000050 00000020 00000030"))
                .ascii("vbt.bin\0")
                .image(Image.ofHex("42435a4c 00000010 00000001 00000009"))
                .ascii("DATA")
                .toImage();
    }

    private static Image written(CbfsFile file) {
        Emitter out = new Emitter();
        file.write(out);
        return out.toImage();
    }

    @Test
    void read_gives_name_data_and_compression() {
        Diagnostics diagnostics = new Diagnostics();
        CbfsFile file = CbfsFile.read(sample(), LOCATION, diagnostics);
        assertThat(diagnostics.list()).isEmpty();
        assertThat(file.name()).isEqualTo("vbt.bin");
        assertThat(file.type()).isEqualTo(0x50);
        assertThat(file.compression()).isEqualTo(CbfsFile.LZMA);
        assertThat(file.decompressedSize()).isEqualTo(9);
        assertThat(file.data()).isEqualTo(Image.ofAscii("DATA"));
        assertThat(written(file)).isEqualTo(sample());
    }

    @Test
    void truncated_file_yields_its_first_bytes() {
        Diagnostics diagnostics = new Diagnostics();
        CbfsFile file = CbfsFile.read(sample().slice(0, 0x32), LOCATION, diagnostics);
        assertThat(file.data()).isEqualTo(Image.ofAscii("DA"));
        assertThat(diagnostics.list())
                .extracting(Diagnostic::toString)
                .containsExactly("coreboot.rom +0x8: Len is 0x4, only 0x2 bytes are left");
    }

    @Test
    void data_offset_inside_the_header_is_refused() {
        Image bad = new Emitter().image(sample()).patch(20, Image.ofHex("00000008")).toImage();
        assertThatThrownBy(() -> CbfsFile.read(bad, LOCATION, new Diagnostics()))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("coreboot.rom +0x14: Offset is 0x8, expected 0x18 to 0x1000");
    }

    @Test
    void segments_of_a_payload_end_at_its_entry() {
        Image payload =
                Image.ofHex(
                        "434f4445 00000001 00000038 0000000000100000 00000002 00000100454e5452"
                                + " 00000000 00000000 0000000000100000 00000000 00000000aabb");
        Diagnostics diagnostics = new Diagnostics();
        List<PayloadSegment> segments = PayloadSegment.readAll(payload, LOCATION, diagnostics);
        assertThat(segments)
                .containsExactly(new PayloadSegment(1, 0x38, 0x100, Image.ofHex("aabb")));
        assertThat(diagnostics.list()).isEmpty();
        Bruises.all(payload, image -> PayloadSegment.readAll(image, LOCATION, new Diagnostics()));
    }

    @Test
    void bruised_file_is_refused_or_written_back_unchanged() {
        Bruises.all(
                sample(),
                image -> {
                    CbfsFile file = CbfsFile.read(image, LOCATION, new Diagnostics());
                    assertThat(written(file)).isEqualTo(image.slice(0, file.size()));
                });
    }
}
