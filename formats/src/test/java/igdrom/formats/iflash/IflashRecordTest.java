package igdrom.formats.iflash;

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
import org.junit.jupiter.api.Test;

class IflashRecordTest {
    private static final Location LOCATION = Location.root("isflash.bin");

    private static Image written(IflashRecord record) {
        Emitter out = new Emitter();
        record.write(out);
        return out.toImage();
    }

    private static Image sample() {
        return written(IflashRecord.of("_BIOSIMG", Image.ofAscii("DATA")));
    }

    private static Image patched(long at, String hex) {
        return new Emitter().image(sample()).patch(at, Image.ofHex(hex)).toImage();
    }

    @Test
    void emitted_record_has_the_documented_bytes() {
        assertThat(sample())
                .isEqualTo(
                        new Emitter()
                                .ascii("$_IFLASH_BIOSIMG")
                                .u32(4)
                                .u32(4)
                                .ascii("DATA")
                                .toImage());
    }

    @Test
    void read_gives_name_and_data() {
        Diagnostics diagnostics = new Diagnostics();
        IflashRecord record = IflashRecord.read(sample(), LOCATION, diagnostics);
        assertThat(diagnostics.list()).isEmpty();
        assertThat(record.name()).isEqualTo("BIOSIMG");
        assertThat(record.data()).isEqualTo(Image.ofAscii("DATA"));
        assertThat(record.size()).isEqualTo(sample().size());
        assertThat(written(record)).isEqualTo(sample());
        assertThat(IflashRecord.looksLikeRecord(sample(), 0)).isTrue();
    }

    @Test
    void total_size_may_include_header_and_padding() {
        Image image = patched(16, "20000000");
        assertThat(IflashRecord.looksLikeRecord(image, 0)).isTrue();
        assertThat(IflashRecord.read(image, LOCATION, new Diagnostics()).size()).isEqualTo(28);
    }

    @Test
    void signature_in_the_text_of_a_program_is_not_a_record() {
        Image text = Image.ofAscii("$_IFLASH_BIOSIMG\0\0\0\0$_IFLASH_INI_IMG");
        assertThat(IflashRecord.looksLikeRecord(text, 0)).isFalse();
        assertThat(IflashRecord.looksLikeRecord(patched(16, "00000000 00000000"), 0)).isFalse();
        assertThat(IflashRecord.looksLikeRecord(patched(16, "ffffffff ffffffff"), 0)).isFalse();
    }

    @Test
    void truncated_record_yields_its_first_bytes() {
        Diagnostics diagnostics = new Diagnostics();
        IflashRecord record = IflashRecord.read(sample().slice(0, 26), LOCATION, diagnostics);
        assertThat(record.data()).isEqualTo(Image.ofAscii("DA"));
        assertThat(diagnostics.list())
                .extracting(Diagnostic::toString)
                .containsExactly("isflash.bin +0x14: ImageSize is 0x4, only 0x2 bytes are left");
    }

    @Test
    void total_smaller_than_the_data_is_refused() {
        assertThatThrownBy(() -> IflashRecord.read(patched(16, "03"), LOCATION, new Diagnostics()))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("isflash.bin +0x10: TotalSize is 0x3, less than ImageSize 0x4");
    }

    @Test
    void bruised_record_is_refused_or_written_back_unchanged() {
        Bruises.all(
                sample(),
                image -> {
                    IflashRecord record = IflashRecord.read(image, LOCATION, new Diagnostics());
                    record.name();
                    assertThat(written(record)).isEqualTo(image.slice(0, record.size()));
                });
    }

    @Test
    void fuzzing_seed_is_a_record() throws IOException {
        Seeds.check(
                IflashRecordFuzzTest.class,
                "record_is_refused_or_written_back_unchanged",
                "record",
                sample());
    }
}
