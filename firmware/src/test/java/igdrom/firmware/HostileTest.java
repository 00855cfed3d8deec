package igdrom.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.fv.FileType;
import igdrom.formats.fv.SectionEmitter;
import igdrom.formats.fv.SectionType;
import igdrom.formats.fv.VolumeEmitter;
import igdrom.formats.oprom.RomBuilder;
import igdrom.formats.pci.PciId;
import igdrom.samples.SampleGop;
import igdrom.testing.Bruises;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Malicious images: reading each of them ends within the stated limits.
@Timeout(600)
class HostileTest {
    private static final Guid NAME = Guid.of("11111111-2222-3333-4444-555555555555");
    private static final Guid LZMA = Guid.of("EE4E5898-3914-4259-9D6E-DC7BD79403CF");
    private static final Guid CRC32 = Guid.of("FC1BCDB0-7D31-49AA-936A-A4600D9DD083");

    private static Contents read(Image image) {
        return FirmwareReader.read(image, "hostile.bin");
    }

    private static Image volumeWith(Image sections) {
        return new VolumeEmitter().add(NAME, FileType.DRIVER, sections).toImage(0);
    }

    private static void hasProblem(Contents contents, String part) {
        assertThat(contents.diagnostics())
                .anyMatch(diagnostic -> diagnostic.problem().contains(part));
    }

    @Test
    void empty_file_is_refused() {
        assertThatThrownBy(() -> read(Image.EMPTY))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("hostile.bin +0x0: the file is empty");
    }

    @Test
    void lzma_section_that_claims_4_gib_is_refused_without_the_memory() {
        Image bomb = new Emitter().u8(0x5d).u32(1 << 23).u64(0xffff_ffffL).fill(0, 64).toImage();
        Contents contents =
                read(
                        volumeWith(
                                new SectionEmitter()
                                        .addGuidDefined(LZMA, 1, Image.EMPTY, bomb)
                                        .toImage()));
        hasProblem(contents, "0xffffffff");
    }

    @Test
    void compression_section_that_claims_4_gib_is_refused_without_the_memory() {
        Image bomb = new Emitter().u32(0x40).u32(0xffff_fff0L).fill(0x5a, 0x40).toImage();
        Contents contents =
                read(
                        volumeWith(
                                new SectionEmitter()
                                        .addCompression(1, 0xffff_fff0L, bomb)
                                        .toImage()));
        assertThat(contents.diagnostics()).isNotEmpty();
        assertThat(contents.isEmpty()).isTrue();
    }

    @Test
    void nesting_of_200_volumes_ends_at_the_limit_with_a_diagnostic() {
        Image inner = volumeWith(new SectionEmitter().addName("bottom").toImage());
        for (int depth = 0; depth < 200; depth++) {
            inner =
                    volumeWith(
                            new SectionEmitter()
                                    .add(SectionType.FIRMWARE_VOLUME_IMAGE, inner)
                                    .toImage());
        }
        hasProblem(read(inner), "nested deeper than 64 levels");
    }

    @Test
    void nesting_of_2000_sections_ends_at_the_limit_with_a_diagnostic() {
        Image inner = new SectionEmitter().addName("bottom").toImage();
        for (int depth = 0; depth < 2000; depth++) {
            inner =
                    new SectionEmitter()
                            .addGuidDefined(CRC32, 0, Image.ofHex("00000000"), inner)
                            .toImage();
        }
        hasProblem(read(volumeWith(inner)), "nested deeper than 64 levels");
    }

    @Test
    void file_of_a_million_tiny_sections_is_read_up_to_the_limit() {
        Emitter sections = new Emitter();
        for (int i = 0; i < 1_000_000; i++) {
            sections.u24(4).u8(SectionType.RAW.code());
        }
        hasProblem(read(volumeWith(sections.toImage())), "more than 10000 sections");
    }

    @Test
    void volume_of_a_million_tiny_files_is_read_up_to_the_limit() {
        Image empty = new VolumeEmitter().add(NAME, FileType.RAW, Image.EMPTY).toImage(0);
        Emitter files = new Emitter();
        Image file = empty.slice(0x48, 24);
        for (int i = 0; i < 300_000; i++) {
            files.image(file);
        }
        Image body = files.toImage();
        Image image =
                new Emitter()
                        .image(new VolumeEmitter().toImage(0x48 + body.size()))
                        .patch(0x48, body)
                        .toImage();
        hasProblem(read(image), "more than 20000 files");
    }

    @Test
    void image_full_of_signatures_is_read_in_linear_time() {
        for (String signature :
                new String[] {"_FVH", "$VBT", "MZ\0\0", "U\u00aa\0\0", "LARCHIVE"}) {
            Emitter out = new Emitter();
            Image pattern =
                    Image.of(signature.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            while (out.position() < 4 << 20) {
                out.image(pattern);
            }
            Image image = out.toImage();
            assertThat(
                            org.junit.jupiter.api.Assertions.assertTimeout(
                                    Duration.ofMinutes(5), () -> read(image).isEmpty()))
                    .as(signature)
                    .isTrue();
        }
    }

    @Test
    void volumes_that_claim_the_whole_rest_do_not_multiply_the_work() {
        Emitter out = new Emitter();
        Image header = new VolumeEmitter().toImage(0).slice(0, 0x48);
        long size = 8 << 20;
        while (out.position() < size) {
            Image claim = new Emitter().u64(size).toImage();
            out.image(new Emitter().image(header).patch(0x20, claim).toImage());
            out.fill(0x11, 0x38);
        }
        read(out.toImage());
    }

    @Test
    void bruised_image_reads_or_is_refused() {
        Bruises.all(
                volumeWith(
                                new SectionEmitter()
                                        .addGuidDefined(
                                                CRC32,
                                                2,
                                                Image.ofHex("00000000"),
                                                new SectionEmitter().addName("inside").toImage())
                                        .add(
                                                SectionType.RAW,
                                                Image.ofAscii("$VBT and _FVH and U\u007f"))
                                        .toImage())
                        .slice(0, 0x100),
                HostileTest::read);
    }

    /// If each level were read twice, 60 levels would never end.
    @Test
    void roms_in_roms_are_read_once() {
        Image rom =
                new RomBuilder(PciId.intel(0x1533), 0x020000, List.of())
                        .legacy(Image.ofHex("cb0000"), Image.EMPTY)
                        .raw()
                        .slice(0, 0x40);
        Emitter out = new Emitter();
        for (int i = 0; i < 60; i++) {
            out.image(rom);
        }
        assertThat(read(out.fillTo(0x2000, 0xff).toImage()).isEmpty()).isTrue();
    }

    @Test
    void sections_in_sections_without_a_file_are_read_once() {
        for (Guid guid : List.of(CRC32, LZMA)) {
            Emitter out = new Emitter().fill(7, 5);
            for (int i = 0; i < 60; i++) {
                out.u24(0x3000 - 32 * i).u8(2).guid(guid).u16(24).u16(0).fill(7, 8);
                out.u24(0xffffff).u8(2).guid(guid).fill(7, 12);
            }
            assertThat(read(out.fillTo(0x3000, 7).toImage()).isEmpty()).isTrue();
        }
    }

    @Test
    void volumes_in_programs_in_volumes_leave_budget_for_later_data() {
        Image inner = volumeWith(new SectionEmitter().addName("bottom").toImage());
        for (int depth = 0; depth < 20; depth++) {
            inner = volumeWith(new SectionEmitter().add(SectionType.PE32, inner).toImage());
        }
        Image gop = SampleGop.driver(21, 0, 1066, List.of(PciId.intel(0x46d1))).raw();
        Image last = volumeWith(new SectionEmitter().add(SectionType.PE32, gop).toImage());
        Contents contents = read(new Emitter().image(inner).image(last).toImage());
        assertThat(contents.gops()).hasSize(1);
        assertThat(contents.diagnostics()).isEmpty();
    }

    @Test
    void programs_that_claim_the_whole_rest_do_not_multiply_the_work() {
        Image gop = SampleGop.driver(21, 0, 1066, List.of(PciId.intel(0x46d1))).raw();
        Emitter out = new Emitter();
        while (out.position() < 8 << 20) {
            out.image(gop.slice(0, 0x200));
        }
        assertThat(read(out.toImage()).isEmpty()).isTrue();
    }

    @Test
    void searches_end_at_the_limit() {
        Budget budget = new Budget();
        assertThat(budget.takeSearch(Budget.MAX_SEARCHED_BYTES / 2)).isTrue();
        assertThat(budget.takeSearch(Budget.MAX_SEARCHED_BYTES / 2)).isFalse();
    }
}
