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

    /// Sections `.text`, `.reloc` and `.debug`, each at a multiple of 0x20.
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
    void built_drivers_load() {
        assertThat(problem(DRIVER)).isEmpty();
        assertThat(problem(PeImageTest.DRIVER)).isEmpty();
        assertThat(problem(debug("02000000 00000000 00020000 00000000"))).isEmpty();
    }

    @Test
    void real_gops_load() {
        for (Path file : Corpus.files("gop", ".efi")) {
            assertThat(problem(Corpus.image(file))).as(file.toString()).isEmpty();
        }
    }

    @Test
    void headers_that_contradict_each_other_are_refused() {
        refuses(
                patch(OPTIONAL + 108, "0f000000"),
                "SizeOfOptionalHeader is 0xf0, expected 0xe8 for 15 data directories");
        refuses(
                patch(OPTIONAL + 60, "a0010000"),
                "SizeOfHeaders is 0x1a0, the headers end at 0x1c0");
        refuses(
                patch(OPTIONAL + 56, "c0010000"),
                "SizeOfImage is 0x1c0, the headers alone take 0x1c0");
    }

    @Test
    void driver_that_needs_too_much_memory_is_refused() {
        refuses(patch(OPTIONAL + 32, "00000000"), "SectionAlignment is 0");
        refuses(
                patch(OPTIONAL + 56, "ffffffff"),
                "SizeOfImage 0xffffffff and SectionAlignment 0x20 need more than 0x10000000 bytes"
                        + " of memory");
    }

    @Test
    void certificate_table_outside_the_file_is_refused() {
        refuses(
                patch(DIRECTORIES + 8 * OptionalHeader.CERTIFICATE_TABLE, "20020000 00010000"),
                "the certificate table has 0x100 bytes at 0x220, the image ends at 0x220");
    }

    @Test
    void driver_without_relocations_is_refused() {
        refuses(patch(COFF + 18, "2320"), "no base relocations: the image runs only at 0x0");
        refuses(
                patch(DIRECTORIES + 8 * OptionalHeader.BASE_RELOCATION_TABLE + 4, "00000000"),
                "section \".reloc\" is not in the base relocation directory");
    }

    @Test
    void section_at_an_invalid_address_is_refused() {
        refuses(
                patch(SECTIONS + 12, "c1010000"),
                "section \".text\" is at address 0x1c1 and file offset 0x1c0, the alignments are"
                        + " 0x20 and 0x20");
        refuses(
                patch(SECTIONS + 12, "a0010000"),
                "section \".text\" is at address 0x1a0 and file offset 0x1c0, the headers end at"
                        + " 0x1c0");
        refuses(
                patch(SECTIONS + 80 + 12, "20020000"),
                "section \".debug\" extends from address 0x220 to 0x23c, SizeOfImage is 0x220");
        refuses(
                patch(SECTIONS + 12, "e0010000"),
                "section \".reloc\" is at address 0x1e0, section \".text\" ends at 0x1e5");
    }

    @Test
    void entry_point_outside_the_code_is_refused() {
        refuses(
                patch(OPTIONAL + 16, "00000000"),
                "AddressOfEntryPoint is 0x0, not in a code section");
        refuses(
                patch(OPTIONAL + 16, "00020000"),
                "AddressOfEntryPoint is 0x200, not in a code section");
    }

    @Test
    void broken_relocations_are_refused() {
        int directory = DIRECTORIES + 8 * OptionalHeader.BASE_RELOCATION_TABLE;
        refuses(
                patch(directory, "00020080"),
                "the base relocations extend from address 0x80000200 to 0x8000020c, SizeOfImage is"
                        + " 0x220");
        refuses(
                patch(directory, "80000000"),
                "the base relocations are at address 0x80, not in a section");
        refuses(
                patch(0x1e4, "00000000"),
                "the base relocation block at +0x0 has 0x0 bytes, 0xc are left");
        refuses(
                patch(0x1e4, "0d000000"),
                "the base relocation block at +0x0 has 0xd bytes, 0xc are left");
        refuses(
                patch(0x1e0, "20020000"),
                "the base relocation at +0x0 applies to address 0x220, SizeOfImage is 0x220");
        refuses(
                patch(0x1e8, "ffa0"),
                "the base relocation at +0x8 applies to address 0x2bf, SizeOfImage is 0x220");
        refuses(patch(0x1e8, "0090"), "the base relocation at +0x8 has the unknown type 9");
    }

    @Test
    void debug_data_outside_the_image_is_refused() {
        refuses(
                debug("02000000 00000000 20020000 00000000"),
                "the debug data is at address 0x220, SizeOfImage is 0x220");
        refuses(
                debug("14000000 00000000 00000000 1d020000"),
                "the debug data is at file offset 0x21d, the image ends at 0x220");
        Image directory = debug("00000000 00000000 00000000 00000000");
        refuses(
                patch(directory, DIRECTORIES + 8 * 6 + 4, "38000000"),
                "the debug directory at 0x200 has 0x38 bytes, the image ends at 0x220");
    }

    @Test
    void terse_image_must_satisfy_the_same_rules() {
        Image relocatable = patch(TeImageTest.CORE, 0x18, "00020000");
        assertThat(problem(relocatable)).isEmpty();
        refuses(TeImageTest.CORE, "no base relocations: the image runs only at 0xffe00000");
        refuses(
                patch(patch(relocatable, 0x38, "00000000"), 6, "2800"),
                "StrippedSize is 0x28, it must exceed the TE header of 0x28 bytes");
        refuses(
                patch(relocatable, 12, "d8010000"),
                "BaseOfCode is 0x1d8, StrippedSize is 0x1d8, the image has 0x54 bytes");
        refuses(
                patch(relocatable, 8, "ffffff7f"),
                "AddressOfEntryPoint is 0x7fffffff, not in a code section");
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

    /// @throws MalformedImageException when the headers cannot be read
    private static Optional<String> problem(Image image) {
        return Executable.read(image, Location.root("driver.efi"), new Diagnostics()).loadProblem();
    }
}
