package igdrom.formats.pe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.testing.Bruises;
import igdrom.testing.Corpus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeImageTest {
    private static final Location LOCATION = Location.root("driver.efi");

    static final Image DRIVER =
            PeImage.of(
                            Machine.X64,
                            Subsystem.BOOT_SERVICE_DRIVER,
                            2,
                            List.of(
                                    NewSection.text(Image.ofHex("9090 31c0 c3")),
                                    NewSection.data(Image.ofUtf16("some data")),
                                    NewSection.noRelocations()))
                    .raw();

    static PeImage read(Image image) {
        return PeImage.read(image, LOCATION, new Diagnostics());
    }

    @Test
    void driver_reads_into_its_headers_and_sections() {
        PeImage pe = read(DRIVER);

        assertThat(pe.machine()).isEqualTo(Machine.X64).hasToString("X64");
        assertThat(pe.subsystem()).isEqualTo(Subsystem.BOOT_SERVICE_DRIVER);
        assertThat(pe.optionalHeader().addressOfEntryPoint()).isEqualTo(0x1c2);
        assertThat(pe.sections()).hasSize(3);
        assertThat(pe.sections().get(1))
                .isEqualTo(
                        new SectionHeader(
                                Image.ofHex("2e64617461000000"),
                                18,
                                0x1e0,
                                0x20,
                                0x1e0,
                                0,
                                0,
                                0,
                                0,
                                0xc000_0040L));
        assertThat(pe.data(pe.sections().get(1)).utf16()).isEqualTo("some data");
        assertThat(pe.directory(OptionalHeader.BASE_RELOCATION_TABLE))
                .contains(new DataDirectory(0x200, 12));
        assertThat(pe.certificates()).isEmpty();
        assertThat(pe.fileOffset(0x1e4)).isEqualTo(0x1e4);
        assertThat(pe.fileOffset(0x10)).isEqualTo(-1);
        assertThat(pe.rva(0x1e4)).isEqualTo(0x1e4);
    }

    @Test
    void extent_ends_with_the_last_section() {
        PeImage pe = read(new Emitter().image(DRIVER).fill(0xff, 100).toImage());
        assertThat(pe.extent()).isEqualTo(DRIVER.size()).isEqualTo(0x220);
    }

    @Test
    void driver_gives_back_the_same_bytes_with_trailing_bytes() {
        Image padded = new Emitter().image(DRIVER).fill(0xff, 100).toImage();
        Emitter out = new Emitter();
        read(padded).write(out);
        assertThat(out.toImage()).isEqualTo(padded);
    }

    @Test
    void corpus_gives_back_the_same_bytes() {
        for (Path file : Corpus.files("gop")) {
            Image image = Corpus.image(file);
            Diagnostics diagnostics = new Diagnostics();
            Emitter out = new Emitter();
            PeImage pe = PeImage.read(image, LOCATION, diagnostics);
            pe.write(out);
            assertThat(out.toImage()).isEqualTo(image);
            assertThat(diagnostics.list()).isEmpty();
            assertThat(pe.extent()).isLessThanOrEqualTo(image.size());
            assertThat(pe.machine()).isEqualTo(Machine.X64);
        }
    }

    @Test
    void extent_excludes_data_after_the_last_section() {
        Image image = Corpus.image("gop/mrcb_soc_intel_snb_IntelGopDriver.efi");
        assertThat(image.size()).isEqualTo(44_648);
        assertThat(read(image).extent()).isEqualTo(44_608);
    }

    @Test
    void added_section_follows_the_others_and_nothing_moves() {
        PeImage roomy = withRoom();
        PeImage appended =
                roomy.withSection(NewSection.readOnly(".more", Image.ofAscii("per system")));
        Diagnostics diagnostics = new Diagnostics();
        assertThat(PeImage.read(appended.raw(), LOCATION, diagnostics)).isEqualTo(appended);
        assertThat(diagnostics.list()).isEmpty();
        assertThat(appended.sections().subList(0, 2)).isEqualTo(roomy.sections());
        SectionHeader added = appended.sections().get(2);
        assertThat(added)
                .isEqualTo(
                        new SectionHeader(
                                Image.ofHex("2e6d6f7265000000"),
                                10,
                                0x220,
                                0x20,
                                0x220,
                                0,
                                0,
                                0,
                                0,
                                0x4000_0040L));
        assertThat(appended.data(added).slice(0, 10)).isEqualTo(Image.ofAscii("per system"));
        assertThat(appended.optionalHeader().sizeOfImage()).isEqualTo(0x240);
        assertThat(appended.optionalHeader().checkSum())
                .isEqualTo(appended.computedCheckSum())
                .isNotZero();
        assertThat(appended.raw().slice(0x1c0, 0x60)).isEqualTo(roomy.raw().slice(0x1c0, 0x60));
    }

    @Test
    void section_without_room_is_refused() {
        NewSection section = NewSection.readOnly(".more", Image.ofAscii("x"));
        assertThatThrownBy(() -> read(DRIVER).withSection(section))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no room for another section header");
        Image followed = new Emitter().image(withRoom().raw()).u8(1).toImage();
        assertThatThrownBy(() -> read(followed).withSection(section))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the last section is followed by other data");
    }

    /// The same driver without its last section header, whose data becomes part of the section
    /// before.
    private static PeImage withRoom() {
        Emitter out = new Emitter().image(DRIVER);
        out.patch(0x46, Image.ofHex("0200"));
        out.patch(0x180, Image.ofHex("40000000"));
        out.patch(0x198, Image.of(new byte[0x28]));
        return read(out.toImage());
    }

    @Test
    void image_without_dos_signature_is_refused() {
        assertRefused(
                Image.ofAscii("no executable"),
                "driver.efi +0x0: e_magic is 0x6f6e, expected 0x5a4d");
    }

    @Test
    void pe_header_outside_the_image_is_refused() {
        assertRefused(
                patched(0x3c, "00900000"),
                "driver.efi +0x3c: e_lfanew is 0x9000, the image ends at 0x220 (PE/COFF,"
                        + " \"MS-DOS Stub\")");
        assertRefused(
                patched(0x3c, "10000000"),
                "driver.efi +0x3c: e_lfanew is 0x10, the image ends at 0x220 (PE/COFF,"
                        + " \"MS-DOS Stub\")");
    }

    @Test
    void signature_other_than_pe_is_refused() {
        assertRefused(
                patched(0x40, "4e45"),
                "driver.efi +0x40: Signature is 0x0000454e, expected 0x00004550");
    }

    @Test
    void optional_header_with_an_unknown_magic_is_refused() {
        assertRefused(
                patched(0x58, "0701"),
                "driver.efi/optional header@0x58 +0x0: Magic is 0x107, expected 0x10b or 0x20b");
    }

    @Test
    void more_than_16_directories_are_refused() {
        assertRefused(
                patched(0x58 + 108, "11000000"),
                "driver.efi/optional header@0x58 +0x6c: NumberOfRvaAndSizes is 0x11, the maximum is"
                        + " 0x10");
    }

    @Test
    void optional_header_too_short_for_its_directories_is_refused() {
        assertRefused(
                patched(0x54, "7800"),
                "driver.efi/optional header@0x58 +0x78: VirtualAddress needs 0x4 bytes, 0x0 are"
                        + " left");
    }

    @Test
    void more_sections_than_fit_are_refused() {
        assertRefused(
                patched(0x46, "ffff"),
                "driver.efi +0x148: NumberOfSections is 65535, there is room for 5");
    }

    @Test
    void section_outside_the_image_is_refused() {
        assertRefused(
                patched(0x148 + 40 + 16, "80000000"),
                "driver.efi +0x170: section \".data\" has 0x80 bytes at 0x1e0 minus 0x0"
                        + " stripped, the image ends at 0x220 (PE/COFF, \"Section Table\")");
    }

    @Test
    void headers_larger_than_the_image_are_refused() {
        assertRefused(
                patched(0x58 + 60, "00000080"),
                "driver.efi +0x94: SizeOfHeaders is 0x80000000, the image ends at 0x220 (PE/COFF,"
                        + " \"Optional Header\")");
    }

    @Test
    void odd_sizes_are_diagnostics() {
        Diagnostics diagnostics = new Diagnostics();
        PeImage.read(patched(0x58 + 60, "10000000"), LOCATION, diagnostics);
        PeImage.read(patched(0x148 + 40 + 20, "40000000"), LOCATION, diagnostics);
        assertThat(diagnostics.list())
                .extracting(Diagnostic::toString)
                .containsExactly(
                        "driver.efi +0x94: SizeOfHeaders is 0x10, the headers end at 0x1c0",
                        "driver.efi +0x170: section \".data\" starts inside the headers");
    }

    @Test
    void unknown_machines_and_subsystems_are_named_by_number() {
        PeImage pe = read(patched(0x44, "9a02"));
        assertThat(pe.machine()).hasToString("machine 0x29a");
        assertThat(read(patched(0x58 + 68, "0200")).subsystem())
                .hasToString("subsystem 2")
                .matches(subsystem -> !subsystem.isEfi());
    }

    @Test
    void certificate_table_is_found_by_its_directory() {
        assertThat(read(patched(0x58 + 112 + 4 * 8, "2002000010010000")).certificates())
                .contains(new DataDirectory(0x220, 0x110));
    }

    @Test
    void checksum_excludes_its_own_field() {
        long sum = read(DRIVER).computedCheckSum();
        Image with = patched(0x58 + 64, new Emitter().u32(sum).toImage());
        assertThat(read(with).computedCheckSum()).isEqualTo(sum);
        assertThat(read(with).optionalHeader().checkSum()).isEqualTo(sum);
    }

    @Test
    void bruised_driver_reads_or_is_refused() {
        Bruises.all(
                DRIVER,
                image -> {
                    PeImage pe = read(image);
                    pe.extent();
                    pe.computedCheckSum();
                    Emitter out = new Emitter();
                    pe.write(out);
                    assertThat(out.toImage()).isEqualTo(image);
                });
    }

    @Test
    void quick_check_accepts_a_driver_at_any_offset() {
        Image inside = new Emitter().fill(0x4d, 3).image(DRIVER).fill(0, 5).toImage();
        for (long at = -1; at <= inside.size(); at++) {
            assertThat(Executable.looksLikePe(inside, at)).isEqualTo(at == 3);
            assertThat(Executable.looksLikeTe(inside, at)).isFalse();
        }
        Bruises.all(DRIVER, image -> Executable.looksLikePe(image, 0));
    }

    @Test
    void driver_for_32_bits_reads_back() {
        Image image =
                PeImage.of(
                                Machine.IA32,
                                Subsystem.RUNTIME_DRIVER,
                                0,
                                List.of(NewSection.text(Image.ofHex("31c0c3"))))
                        .raw();
        PeImage pe = read(image);
        assertThat(pe.optionalHeader().plus()).isFalse();
        assertThat(pe.machine()).isEqualTo(Machine.IA32);
        assertThat(pe.directory(OptionalHeader.BASE_RELOCATION_TABLE)).isEmpty();
        Emitter out = new Emitter();
        pe.write(out);
        assertThat(out.toImage()).isEqualTo(image);
    }

    @Test
    void objdump_agrees_about_a_built_driver(@TempDir Path directory)
            throws IOException, InterruptedException {
        Path objdump = Path.of("/usr/bin/objdump");
        assumeTrue(Files.isExecutable(objdump), "no objdump");
        Path file = directory.resolve("driver.efi");
        Files.write(file, DRIVER.toByteArray());
        Process process =
                new ProcessBuilder(objdump.toString(), "-p", "-h", file.toString())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(output)
                .contains("file format pei-x86-64")
                .contains("AddressOfEntryPoint\t00000000000001c2")
                .contains("SizeOfImage\t\t00000220")
                .contains("(EFI boot service driver)")
                .contains("Entry 5 0000000000000200 0000000c Base Relocation Directory")
                .containsPattern("\\.data +00000012 +00000000000001e0")
                .doesNotContain("warning");
    }

    private static void assertRefused(Image image, String message) {
        assertThatThrownBy(() -> read(image))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage(message);
    }

    private static Image patched(long offset, String hex) {
        return patched(offset, Image.ofHex(hex));
    }

    private static Image patched(long offset, Image bytes) {
        return new Emitter().image(DRIVER).patch(offset, bytes).toImage();
    }
}
