package igdrom.formats.pe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.testing.Bruises;
import java.util.List;
import org.junit.jupiter.api.Test;

class TeImageTest {
    private static final Location LOCATION = Location.root("core.te");

    /// One section of four bytes. It was at 0x200 in the PE image, whose headers had 0x1d8 bytes.
    static final Image CORE =
            new Emitter()
                    .u16(0x5a56)
                    .u16(0x8664)
                    .u8(1)
                    .u8(11)
                    .u16(0x200 - 40)
                    .u32(0x201)
                    .u32(0x200)
                    .u64(0xffe0_0000L)
                    .u32(0)
                    .u32(0)
                    .u32(0)
                    .u32(0)
                    .ascii(".text\0\0\0")
                    .u32(4)
                    .u32(0x200)
                    .u32(4)
                    .u32(0x200)
                    .u32(0)
                    .u32(0)
                    .u16(0)
                    .u16(0)
                    .u32(0x6000_0020L)
                    .image(Image.ofHex("9031c0c3"))
                    .toImage();

    @Test
    void terse_image_reads_with_offsets_corrected_for_stripped_headers() {
        TeImage te = (TeImage) Executable.read(CORE, LOCATION, new Diagnostics());
        assertThat(te)
                .isEqualTo(
                        new TeImage(
                                CORE,
                                Machine.X64,
                                Subsystem.BOOT_SERVICE_DRIVER,
                                0x1d8,
                                0x201,
                                0x200,
                                0xffe0_0000L,
                                new DataDirectory(0, 0),
                                new DataDirectory(0, 0),
                                List.of(
                                        new SectionHeader(
                                                Image.ofAscii(".text\0\0\0"),
                                                4,
                                                0x200,
                                                4,
                                                0x200,
                                                0,
                                                0,
                                                0,
                                                0,
                                                0x6000_0020L))));
        assertThat(te.data(te.sections().getFirst())).isEqualTo(Image.ofHex("9031c0c3"));
        assertThat(te.fileOffset(0x201)).isEqualTo(0x51);
        assertThat(te.rva(0x51)).isEqualTo(0x201);
        assertThat(te.extent()).isEqualTo(CORE.size());
    }

    @Test
    void terse_image_gives_back_the_same_bytes_with_trailing_bytes() {
        Image padded = new Emitter().image(CORE).fill(0, 12).toImage();
        TeImage te = TeImage.read(padded, LOCATION, new Diagnostics());
        Emitter out = new Emitter();
        te.write(out);
        assertThat(out.toImage()).isEqualTo(padded);
        assertThat(te.extent()).isEqualTo(CORE.size());
    }

    @Test
    void section_before_the_start_of_the_image_is_refused() {
        Image bad = new Emitter().image(CORE).patch(40 + 20, Image.ofHex("80000000")).toImage();
        assertThatThrownBy(() -> TeImage.read(bad, LOCATION, new Diagnostics()))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage(
                        "core.te +0x28: section \".text\" has 0x4 bytes at 0x80 minus 0x1b0"
                                + " stripped, the image ends at 0x54 (PE/COFF, \"Section Table\")");
    }

    @Test
    void quick_check_requires_a_known_machine() {
        assertThat(Executable.looksLikeTe(CORE, 0)).isTrue();
        Image unknown = new Emitter().image(CORE).patch(2, Image.ofHex("0000")).toImage();
        assertThat(Executable.looksLikeTe(unknown, 0)).isFalse();
        Bruises.all(CORE, image -> Executable.looksLikeTe(image, 0));
    }

    @Test
    void bruised_terse_image_reads_or_is_refused() {
        Bruises.all(
                CORE,
                image -> {
                    TeImage te = TeImage.read(image, LOCATION, new Diagnostics());
                    te.extent();
                    Emitter out = new Emitter();
                    te.write(out);
                    assertThat(out.toImage()).isEqualTo(image);
                });
    }
}
