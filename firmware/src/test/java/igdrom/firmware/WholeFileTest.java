package igdrom.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.formats.ifd.FlashDescriptor;
import igdrom.formats.vbt.VbtBuilder;
import org.junit.jupiter.api.Test;

/// The start of a file decides how it is read.
class WholeFileTest {
    private static Image vbt() {
        return new VbtBuilder("CANTIGA", 143).build().body();
    }

    /// A flash as libreboot makes it for ICH9: components at 0x10, regions at 0x40, BIOS from
    /// 0x2000 on.
    private static Image oldFlash() {
        Emitter out = new Emitter().u32(0x0ff0a55aL).u32(0x02040001L).u32(0x02100206L);
        out.fillTo(0x10, 0).u32(0x00300024L).fillTo(0x40, 0xff);
        out.u32(0).u32(0x00020002L).u32(0x00001fffL).u32(0x00010001L).u32(0x00001fffL);
        return out.fillTo(FlashDescriptor.SIZE, 0xff)
                .fillTo(0x2100, 0xff)
                .image(vbt())
                .fillTo(0x3000, 0xff)
                .toImage();
    }

    /// A descriptor of version 2 with two regions.
    private static Image descriptor(long own, long bios) {
        Emitter out = new Emitter().fill(0xff, 16).u32(0x0ff0a55aL).u32(0x00040003L);
        out.fillTo(0x30, 0xff).u32(2 << 17).fillTo(0x40, 0xff).u32(own).u32(bios);
        for (int region = 2; region < 16; region++) {
            out.u32(0x7fff);
        }
        return out.fillTo(FlashDescriptor.SIZE, 0xff).toImage();
    }

    @Test
    void flash_that_begins_with_the_signature_is_read_by_its_regions() {
        Contents contents = FirmwareReader.read(oldFlash(), "x200.rom");
        assertThat(contents.kind()).isEqualTo(FileKind.FLASH);
        assertThat(contents.vbts()).extracting(VideoBiosTable::bytes).containsExactly(vbt());
        assertThat(contents.vbts().getFirst().origin().location())
                .hasToString("x200.rom/flash@0x0/BIOS@0x2000/VBT@0x100");
        assertThat(contents.diagnostics()).isEmpty();
    }

    @Test
    void flash_that_begins_with_the_signature_is_found_after_other_data() {
        Image image = new Emitter().fill(7, 0xfff).image(oldFlash()).toImage();
        assertThat(FirmwareReader.read(image, "x200.rom").vbts().getFirst().origin().location())
                .hasToString("x200.rom/flash@0xfff/BIOS@0x2000/VBT@0x100");
    }

    @Test
    void descriptor_of_16_kib_is_followed_by_the_regions() {
        Image flash =
                new Emitter()
                        .image(descriptor(0x0003_0000, 0x001f_0004))
                        .fillTo(0x4100, 0xff)
                        .image(vbt())
                        .fillTo(0x20000, 0xff)
                        .toImage();
        Contents contents = FirmwareReader.read(flash, "mtl.bin");
        assertThat(contents.kind()).isEqualTo(FileKind.FLASH);
        assertThat(contents.vbts().getFirst().origin().location())
                .hasToString("mtl.bin/flash@0x0/BIOS@0x4000/VBT@0x100");
        assertThat(contents.diagnostics()).isEmpty();
    }

    @Test
    void descriptor_alone_is_one_problem() {
        Image descriptor = oldFlash().slice(0, FlashDescriptor.SIZE);
        Contents contents = FirmwareReader.read(descriptor, "ifd.bin");
        assertThat(contents.kind()).isEqualTo(FileKind.FLASH);
        assertThat(contents.diagnostics())
                .extracting(Object::toString)
                .containsExactly(
                        "ifd.bin/flash@0x0 +0x1000: a descriptor alone, without the regions that it"
                                + " describes: GbE, BIOS");
    }

    @Test
    void archive_is_not_searched() {
        Image zip = new Emitter().ascii("PK").u16(0x0403).fill(0, 26).image(vbt()).toImage();
        Contents contents = FirmwareReader.read(zip, "bios.zip");
        assertThat(contents.kind()).isEqualTo(FileKind.ARCHIVE);
        assertThat(contents.diagnostics().getFirst().problem())
                .isEqualTo("this is a ZIP archive: extract it first, the firmware is a file in it");
        assertThat(contents.isEmpty()).isTrue();
        assertThat(contents.tree().children()).isEmpty();
    }
}
