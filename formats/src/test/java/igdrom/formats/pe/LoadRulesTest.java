package igdrom.formats.pe;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.testing.Bruises;
import igdrom.testing.Corpus;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoadRulesTest {
    private static final int COFF = 0x44;
    private static final int OPTIONAL = 0x58;
    private static final int DIRECTORIES = OPTIONAL + 112;
    private static final int SECTIONS = OPTIONAL + 240;

    /// `.text` from 0x1e8 to 0x1ed, `.reloc`, `.debug`, each at a multiple of 0x20.
    private static final Image DRIVER =
            PeImage.of(
                            Machine.X64,
                            Subsystem.BOOT_SERVICE_DRIVER,
                            2,
                            List.of(
                                    NewSection.text(Image.ofHex("9090 31c0 c3")),
                                    new NewSection(
                                            ".reloc",
                                            Image.ofHex("c0010000 0c000000 00a0 0000"),
                                            0x4200_0040L),
                                    NewSection.readOnly(".debug", Image.of(new byte[28]))))
                    .raw();

    @Test
    void drivers_as_they_are_made_load() {
        assertThat(problem(DRIVER)).isEmpty();
        assertThat(problem(PeImageTest.DRIVER)).isEmpty();
        assertThat(problem(debug("02000000 00000000 00020000 00000000"))).isEmpty();
    }

    @Test
    void gops_and_the_programs_of_public_roms_load() {
        for (Path file : Corpus.files("gop", ".efi")) {
            assertThat(problem(Corpus.image(file))).as(file.toString()).isEmpty();
        }
    }

    @Test
    void header_that_does_not_fit_is_refused() {
        refuses(
                patch(OPTIONAL + 108, "0f000000"),
                "SizeOfOptionalHeader is 0xf0, with 15 data directories it would be 0xe8");
        refuses(
                patch(OPTIONAL + 60, "a0010000"),
                "SizeOfHeaders is 0x1a0, the headers end at 0x1c0");
        refuses(
                patch(OPTIONAL + 56, "c0010000"),
                "SizeOfImage is 0x1c0, the headers alone take 0x1c0");
    }

    @Test
    void memory_that_no_guest_has_is_refused() {
        refuses(patch(OPTIONAL + 32, "00000000"), "SectionAlignment is 0");
        refuses(
                patch(OPTIONAL + 56, "ffffffff"),
                "SizeOfImage 0xffffffff and SectionAlignment 0x20 ask for more memory than a driver"
                        + " gets");
    }

    @Test
    void certificate_table_outside_the_file_is_refused() {
        refuses(
                patch(DIRECTORIES + 8 * OptionalHeader.CERTIFICATE_TABLE, "20020000 00010000"),
                "the certificate table has 0x100 bytes from 0x220, the image ends at 0x220");
    }

    @Test
    void driver_without_relocations_is_refused() {
        refuses(patch(COFF + 18, "2320"), "it has no relocations, and would run at 0x0 only");
        refuses(
                patch(DIRECTORIES + 8 * OptionalHeader.BASE_RELOCATION_TABLE + 4, "00000000"),
                "the base relocations of section \".reloc\" are in no directory");
    }

    @Test
    void section_at_a_wrong_place_is_refused() {
        refuses(
                patch(SECTIONS + 12, "c1010000"),
                "section \".text\" is at 0x1c1, in the file at 0x1c0: the alignments are 0x20 and"
                        + " 0x20");
        refuses(
                patch(SECTIONS + 12, "a0010000"),
                "section \".text\" is at 0x1a0, in the file at 0x1c0: the headers end at 0x1c0");
        refuses(
                patch(SECTIONS + 80 + 12, "20020000"),
                "section \".debug\" has the addresses 0x220 to 0x23c, SizeOfImage is 0x220");
        refuses(
                patch(SECTIONS + 12, "e0010000"),
                "section \".reloc\" is at the address 0x1e0, \".text\" ends at 0x1e5");
    }

    @Test
    void entry_point_outside_the_code_is_refused() {
        refuses(
                patch(OPTIONAL + 16, "00000000"),
                "AddressOfEntryPoint is 0x0, in no section of code");
        refuses(
                patch(OPTIONAL + 16, "00020000"),
                "AddressOfEntryPoint is 0x200, in no section of code");
    }

    @Test
    void broken_relocations_are_refused() {
        int directory = DIRECTORIES + 8 * OptionalHeader.BASE_RELOCATION_TABLE;
        refuses(
                patch(directory, "00020080"),
                "the base relocations have the addresses 0x80000200 to 0x8000020c, SizeOfImage is"
                        + " 0x220");
        refuses(patch(directory, "80000000"), "the base relocations are at 0x80, in no section");
        refuses(
                patch(0x1e4, "00000000"),
                "the block of base relocations at +0x0 has 0x0 bytes, 0xc are left");
        refuses(
                patch(0x1e4, "0d000000"),
                "the block of base relocations at +0x0 has 0xd bytes, 0xc are left");
        refuses(
                patch(0x1e0, "20020000"),
                "the base relocation at +0x0 is for the address 0x220, SizeOfImage is 0x220");
        refuses(
                patch(0x1e8, "ffa0"),
                "the base relocation at +0x8 is for the address 0x2bf, SizeOfImage is 0x220");
        refuses(patch(0x1e8, "0090"), "the base relocation at +0x8 is of type 9");
    }

    @Test
    void debug_data_outside_the_image_is_refused() {
        refuses(
                debug("02000000 00000000 20020000 00000000"),
                "the debug data is at the address 0x220, SizeOfImage is 0x220");
        refuses(
                debug("14000000 00000000 00000000 1d020000"),
                "the debug data is at 0x21d, the image ends at 0x220");
        Image directory = debug("00000000 00000000 00000000 00000000");
        refuses(
                patch(directory, DIRECTORIES + 8 * 6 + 4, "38000000"),
                "the debug directory at 0x200 has 0x38 bytes, the image ends at 0x220");
    }

    @Test
    void terse_image_is_held_to_the_same_rules() {
        Image relocatable = patch(TeImageTest.CORE, 0x18, "00020000");
        assertThat(problem(relocatable)).isEmpty();
        refuses(TeImageTest.CORE, "it has no relocations, and would run at 0xffe00000 only");
        refuses(
                patch(patch(relocatable, 0x38, "00000000"), 6, "2800"),
                "StrippedSize is 0x28, not more than the header of 0x28");
        refuses(
                patch(relocatable, 12, "d8010000"),
                "BaseOfCode is 0x1d8, StrippedSize 0x1d8, there are 0x54 bytes");
        refuses(
                patch(relocatable, 8, "ffffff7f"),
                "AddressOfEntryPoint is 0x7fffffff, in no section of code");
    }

    @Test
    void every_bruise_of_the_headers_loads_or_is_refused() {
        Bruises.bytes(DRIVER, 1, LoadRulesTest::problem);
    }

    private static void refuses(Image image, String problem) {
        assertThat(problem(image)).contains(problem);
    }

    private static Image debug(String typeToOffset) {
        Image listed = patch(DIRECTORIES + 8 * 6, "00020000 1c000000");
        return patch(listed, 0x200 + 12, typeToOffset);
    }

    private static Image patch(long at, String hex) {
        return patch(DRIVER, at, hex);
    }

    private static Image patch(Image image, long at, String hex) {
        return new Emitter().image(image).patch(at, Image.ofHex(hex)).toImage();
    }

    /// @throws MalformedImageException when it does not even read
    private static Optional<String> problem(Image image) {
        return Executable.read(image, Location.root("driver.efi"), new Diagnostics()).loadProblem();
    }
}
