package igdrom.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.plan.Part;
import igdrom.plan.Parts;
import igdrom.samples.SampleFlash;
import igdrom.samples.SampleGop;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartSelectionTest {
    private static final ImageFile FLASH = new ImageFile("dir/bios.bin", SampleFlash.make());
    private static final ImageFile TEXT = new ImageFile("text", Image.ofAscii("text"));
    private static final ImageFile GOP =
            new ImageFile(
                    "gop.efi", SampleGop.driver(17, 0, 1061, List.of(TestReports.ADL_N)).raw());

    @Test
    void firmware_image_gives_gop_and_vbt_but_no_vga_bios() {
        Parts parts = PartSelection.select(files(null, null, null, FLASH), true);
        assertThat(parts.gopFile()).isEqualTo("dir/bios.bin");
        assertThat(parts.gops())
                .extracting(Part::from)
                .containsExactly("dir/bios.bin, file SampleGop");
        assertThat(parts.firmwareVbts()).hasSize(1);
        assertThat(parts.vbts()).isEmpty();
        assertThat(parts.vgaBioses()).isEmpty();
    }

    @Test
    void file_given_for_a_part_has_precedence() {
        Parts parts = PartSelection.select(files(GOP, FLASH, null, FLASH), true);
        assertThat(parts.gopFile()).isEqualTo("gop.efi");
        assertThat(parts.vbts()).hasSize(1);
        assertThat(parts.firmwareVbts()).isEmpty();
    }

    @Test
    void vbt_of_a_vga_bios_is_used_when_the_firmware_image_has_none() {
        Parts parts = PartSelection.select(files(null, null, FLASH, TEXT), true);
        assertThat(parts.vgaBioses()).hasSize(1);
        assertThat(parts.firmwareVbts()).hasSize(1);
        assertThat(parts.gops()).isEmpty();
        assertThat(parts.gopFile()).isEqualTo("text");
    }

    @Test
    void archive_given_for_a_part_is_named() {
        Image zip = new Emitter().ascii("PK").u16(0x0403).image(FLASH.image()).toImage();
        ImageFile archive = new ImageFile("dir/bios.zip", zip);
        String problem =
                "dir/bios.zip is a ZIP archive: extract it first, the firmware is a file in it";
        for (PartFiles files :
                List.of(
                        files(null, null, null, archive),
                        files(archive, null, null, null),
                        files(null, archive, null, FLASH),
                        files(null, null, archive, FLASH))) {
            assertThatThrownBy(() -> PartSelection.select(files, true))
                    .isInstanceOf(MissingPartException.class)
                    .hasMessage(problem);
        }
    }

    @Test
    void firmware_image_is_unused_when_other_files_give_its_parts() {
        PartFiles given = files(GOP, FLASH, null, FLASH);
        assertThat(given.isFirmwareUnused(true)).isTrue();
        PartFiles withoutVbt = files(GOP, null, null, FLASH);
        assertThat(withoutVbt.isFirmwareUnused(true)).isFalse();
        PartFiles withoutGop = files(null, FLASH, null, FLASH);
        assertThat(withoutGop.isFirmwareUnused(true)).isFalse();
        assertThat(withoutGop.isFirmwareUnused(false)).isTrue();
        assertThat(PartSelection.select(given, true).firmwareVbts()).isEmpty();
    }

    @Test
    void gop_is_not_looked_for_when_the_rom_gets_none() {
        Parts parts = PartSelection.select(files(GOP, null, null, FLASH), false);
        assertThat(parts.gopFile()).isNull();
        assertThat(parts.gops()).isEmpty();
    }

    @Test
    void file_without_its_part_is_refused() {
        assertThatThrownBy(() -> PartSelection.select(files(null, TEXT, null, null), true))
                .isInstanceOf(MissingPartException.class)
                .hasMessage("text contains no VBT");
        assertThatThrownBy(() -> PartSelection.select(files(null, null, TEXT, null), true))
                .isInstanceOf(MissingPartException.class)
                .hasMessage("text contains no legacy VGA BIOS of Intel graphics");
    }

    private static PartFiles files(
            @Nullable ImageFile gop,
            @Nullable ImageFile vbt,
            @Nullable ImageFile vgaBios,
            @Nullable ImageFile firmware) {
        return new PartFiles(gop, vbt, null, vgaBios, firmware);
    }
}
