package igdrom.rom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.driver.RomData;
import igdrom.formats.oprom.OptionRom;
import igdrom.formats.oprom.RomBuilder;
import igdrom.formats.oprom.RomHeader;
import igdrom.formats.oprom.RomImage;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.PeImage;
import igdrom.samples.SampleGop;
import igdrom.testing.Corpus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// ROMs that no firmware starts, or not all of them, and how little they differ from good ones.
class RomDamageTest {
    private static final PciId DEVICE = PciId.intel(0x46d1);
    private static final PeImage GOP = SampleGop.driver(21, 0, 1066, List.of(DEVICE));
    private static final Image ROM = RomParts.of(DEVICE, RomData.NONE).withGop(GOP).image();
    private static final long SECOND = rom(ROM).images().getLast().offset();
    private static final int PCIR = 0x1c;
    private static final int IMAGE_LENGTH = PCIR + 0x10;
    private static final int CODE_TYPE = PCIR + 0x14;
    private static final int INDICATOR = PCIR + 0x15;
    private static final PeImage PROGRAM = RomParts.of(DEVICE, RomData.NONE).driver().program();

    @Test
    void header_that_calls_the_driver_an_application_is_bad() {
        assertThat(bad(patch(8, "0a00")))
                .containsExactly(driver("the ROM header says EFI application, not a driver"));
    }

    @Test
    void initialization_size_that_does_not_fit_is_bad() {
        long units = SECOND / RomImage.UNIT;
        assertThat(bad(patch(2, u16(units + 1))))
                .containsExactly(
                        driver(
                                "InitializationSize is 0x%x, ImageLength 0x%x"
                                        .formatted(SECOND + RomImage.UNIT, SECOND)));
        assertThat(bad(patch(2, u16(units - 1))))
                .containsExactly(
                        driver(
                                "InitializationSize is 0x%x, the program ends at 0x%x"
                                        .formatted(SECOND - RomImage.UNIT, SECOND)));
        assertThat(bad(patch(2, "0000")))
                .containsExactly(
                        driver(
                                "InitializationSize is 0x0, the program ends at 0x%x"
                                        .formatted(SECOND)));
    }

    @Test
    void compressed_program_beyond_the_initialization_size_is_bad() {
        RomParts parts = RomParts.of(DEVICE, RomData.NONE);
        Image compressed =
                new RomParts(
                                DEVICE,
                                RomBuilder.VGA,
                                List.of(),
                                parts.driver(),
                                Optional.empty(),
                                /* compressed= */ true)
                        .image();
        long end = 0x38 + rom(compressed).images().getFirst().payload().size();
        assertThat(bad(compressed)).isEmpty();
        assertThat(bad(patch(compressed, 2, "0100")))
                .containsExactly(
                        "BAD image 0x0: UEFI, igdrom's driver, X64, compressed, "
                                + compressed.size()
                                + " bytes: InitializationSize is 0x200, the program ends at 0x"
                                + Long.toHexString(end));
    }

    @Test
    void image_length_that_does_not_fit_is_bad() {
        assertThat(bad(patch(IMAGE_LENGTH, "0000")))
                .containsExactly(driver("ImageLength is 0: OVMF stops there"));
        assertThat(bad(patch(SECOND + IMAGE_LENGTH, "0300")))
                .containsExactly(
                        "BAD structure: igd.rom/image 2@0x"
                                + Long.toHexString(SECOND)
                                + " +0x2c: the image is truncated: it has 0x600 bytes, 0x400"
                                + " are left");
    }

    @Test
    void data_structure_at_an_odd_offset_is_bad() {
        RomImage legacy =
                new RomBuilder(DEVICE, RomBuilder.VGA, List.of())
                        .legacy(Image.ofHex("eb0000"), Image.of(new byte[0x1000]));
        Image moved = patch(legacy.raw(), 0x1c, "0000");
        moved = patch(moved, 0x1e, legacy.raw().slice(0x1c, 0x1c));
        moved = patch(moved, 0x18, "1e00");
        int sum = moved.sum8() - moved.u8(6);
        assertThat(bad(patch(moved, 6, new Emitter().u8(-sum & 0xff).toImage())))
                .containsExactly(
                        "BAD image 0x0: x86 (legacy BIOS), 4608 bytes: PcirOffset is 0x1e, not a"
                                + " multiple of 4: OVMF stops there",
                        "BAD UEFI: no image that OVMF can start: legacy only");
    }

    @Test
    void first_image_marked_as_last_is_bad() {
        Image lost = patch(INDICATOR, "80");
        assertThat(bad(lost))
                .containsExactly(
                        "BAD structure: image 0x0 ends the chain, but another image is at 0x%x"
                                .formatted(SECOND));
        Image apart =
                new Emitter()
                        .image(lost.slice(0, SECOND))
                        .fill(0xff, 0x200)
                        .image(lost.from(SECOND))
                        .toImage();
        assertThat(bad(apart))
                .containsExactly(
                        "BAD structure: image 0x0 ends the chain, but another image is at 0x%x"
                                .formatted(SECOND + 0x200));
    }

    @Test
    void rom_that_a_dump_contains_twice_is_good() {
        assertThat(bad(new Emitter().image(ROM).image(ROM).toImage())).isEmpty();
    }

    @Test
    void damaged_second_image_is_bad() {
        String lost =
                ("BAD structure: igd.rom +0x%x: an image is missing: the previous one is not marked"
                                + " as last")
                        .formatted(SECOND);
        assertThat(bad(patch(SECOND, "54"))).containsExactly(lost);
        assertThat(bad(patch(SECOND + 0x18, "1d"))).containsExactly(lost);
        assertThat(bad(patch(SECOND + PCIR, "51"))).containsExactly(lost);
        assertThat(bad(patch(SECOND + CODE_TYPE, "07")))
                .containsExactly(
                        second(
                                "unknown code type 0x7, 1024 bytes: CodeType is 0x7, the header is"
                                        + " that of a UEFI image"));
        assertThat(bad(patch(SECOND + CODE_TYPE, "00")))
                .containsExactly(
                        second(
                                "x86 (legacy BIOS), 1024 bytes: CodeType is 0x0, the header is that"
                                        + " of a UEFI image"));
    }

    @Test
    void legacy_image_that_seabios_does_not_start_is_bad() {
        RomBuilder builder = new RomBuilder(DEVICE, RomBuilder.VGA, List.of());
        RomImage legacy = builder.legacy(Image.ofHex("eb0000"), Image.of(new byte[0x300]));
        Image rom = OptionRom.of(List.of(legacy, rom(ROM).images().getFirst())).image();
        assertThat(bad(rom)).isEmpty();
        assertThat(bad(patch(rom, 7, "01")))
                .containsExactly(
                        "BAD image 0x0: x86 (legacy BIOS), 1024 bytes: the checksum of 0x400 bytes"
                                + " is 0x01, not 0: SeaBIOS does not start it");
        assertThat(bad(patch(rom, 2, "00")))
                .containsExactly(
                        "BAD image 0x0: x86 (legacy BIOS), 1024 bytes: InitializationSize is 0:"
                                + " SeaBIOS does not start it");
    }

    @Test
    void program_for_another_processor_is_noted_next_to_one_for_ovmf() {
        RomBuilder builder = new RomBuilder(DEVICE, RomBuilder.VGA, List.of());
        Image ia32 = patch(GOP.raw(), GOP.dosHeader().peHeaderOffset() + 4, "4c01");
        List<RomImage> images = new ArrayList<>();
        images.add(builder.efi(11, 0x14c, RomHeader.Efi.UNCOMPRESSED, ia32));
        images.addAll(rom(ROM).images());
        Image rom = OptionRom.of(images).image();
        assertThat(bad(rom)).isEmpty();
        assertThat(lines(rom))
                .contains(
                        "NOTE image 0x0: UEFI, GOP, IA32, 1024 bytes: OVMF starts only X64"
                                + " programs and skips this one");
    }

    @Test
    void gop_that_no_loader_accepts_is_bad() {
        long optional = SECOND + ROM.u16(SECOND + 0x16) + GOP.dosHeader().peHeaderOffset() + 24;
        assertThat(bad(patch(optional + 16, "ffffff7f")))
                .containsExactly(
                        second(
                                "UEFI, GOP, X64, 1024 bytes: AddressOfEntryPoint is 0x7fffffff, not"
                                        + " in a code section"));
    }

    @Test
    void driver_whose_data_is_in_no_section_is_bad() {
        long program = ROM.u16(0x16);
        long name = ROM.indexOf(Image.ofAscii(".igdrom\0"), program);
        long data = ROM.indexOf(RomData.NONE.image().slice(0, 12), program) - program;
        String lost =
                "BAD driver: igdrom's, but its data at +0x%x is in no section named".formatted(data)
                        + " .igdrom";
        assertThat(bad(patch(name, "2f"))).containsExactly(lost);
        long sections = program + PROGRAM.dosHeader().peHeaderOffset() + 6;
        assertThat(bad(patch(sections, u16(PROGRAM.sections().size() - 1)))).containsExactly(lost);
    }

    @Test
    void changed_driver_is_bad() {
        long stored = PROGRAM.optionalHeader().checkSum();
        long at = ROM.u16(0x16) + PROGRAM.sections().getFirst().pointerToRawData();
        assertThat(at % 2).isZero();
        int word = ROM.u16(at);
        long sum = stored + ((word ^ 1) - word);
        assertThat(bad(patch(at, u16(word ^ 1))))
                .containsExactly(
                        "BAD driver: igdrom's, but changed since it was made: CheckSum is 0x"
                                + Long.toHexString(stored)
                                + ", computed 0x"
                                + Long.toHexString(sum));
    }

    @Test
    void every_changed_byte_of_the_driver_is_noticed() {
        for (long at = ROM.u16(0x16); at < SECOND; at += 61) {
            Image changed = patch(ROM, at, new Emitter().u8(ROM.u8(at) ^ 0x55).toImage());
            assertThat(bad(changed)).as("+0x%x", at).isNotEmpty();
        }
    }

    @Test
    void gop_of_sandy_bridge_accepts_any_bridge() {
        PeImage gop = pe(Corpus.image("gop/mrcb_soc_intel_snb_IntelGopDriver.efi"));
        assertThat(lines(RomParts.of(DEVICE, RomData.NONE).withGop(gop).image()))
                .contains("GOOD LPC bridge: the GOP accepts any bridge: works on q35 and pc");
    }

    @Test
    void file_that_is_not_a_rom_is_identified() {
        refuses(
                GOP.raw(),
                "x +0x0: not an option ROM, which starts with 55 aa, but: EFI program; a ROM can be"
                        + " built from it");
        refuses(Image.ofHex("55"), "x +0x0: not an option ROM, which starts with 55 aa");
        refuses(
                new Emitter().u16(0xaa55).fill(0, 0x200).toImage(),
                "x +0x18: not an option ROM of a PCI device: no PCI data structure");
    }

    private static void refuses(Image file, String message) {
        assertThatThrownBy(() -> RomChecks.of(file, "x", Optional.empty()))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage(message);
    }

    private static String driver(String problem) {
        return "BAD image 0x0: UEFI, igdrom's driver, X64, " + SECOND + " bytes: " + problem;
    }

    private static String second(String words) {
        return "BAD image 0x" + Long.toHexString(SECOND) + ": " + words;
    }

    private static String u16(long value) {
        return "%02x%02x".formatted(value & 0xff, value >> 8);
    }

    private static OptionRom rom(Image rom) {
        return OptionRom.read(rom, Location.root("igd.rom"), new Diagnostics());
    }

    private static PeImage pe(Image program) {
        return PeImage.read(program, Location.root("gop"), new Diagnostics());
    }

    private static Image patch(long at, String hex) {
        return patch(ROM, at, hex);
    }

    private static Image patch(Image image, long at, String hex) {
        return patch(image, at, Image.ofHex(hex));
    }

    private static Image patch(Image image, long at, Image bytes) {
        return new Emitter().image(image).patch(at, bytes).toImage();
    }

    private static List<String> lines(Image rom) {
        List<String> lines = new ArrayList<>();
        for (Check check : RomChecks.of(rom, "igd.rom", Optional.empty()).checks()) {
            lines.add(check.verdict() + " " + check.subject() + ": " + check.message());
        }
        return lines;
    }

    private static List<String> bad(Image rom) {
        return lines(rom).stream().filter(line -> line.startsWith("BAD")).toList();
    }
}
