package igdrom.formats.oprom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.Seeds;
import igdrom.formats.pci.PciId;
import igdrom.testing.Bruises;
import igdrom.testing.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class OptionRomTest {
    private static final Location FILE = Location.root("igd.rom");
    private static final PciId ALDER_LAKE_N = PciId.intel(0x46d0);
    private static final Image DRIVER = Image.ofAscii("MZ, and so on");

    private final Diagnostics diagnostics = new Diagnostics();

    @Test
    void read_of_a_uefi_image_gives_headers_devices_and_payload() {
        OptionRom rom = OptionRom.read(bytes(OptionRom.of(List.of(efi()))), FILE, diagnostics);
        RomImage image = rom.images().getFirst();
        assertThat(rom.images()).hasSize(1);
        assertThat(image.header())
                .isEqualTo(new RomHeader.Efi(1, 11, 0x8664, 0, Image.of(new byte[8]), 0x1f3, 0x1c));
        assertThat(image.pcir())
                .isEqualTo(
                        new PciData(
                                ALDER_LAKE_N,
                                0x1c,
                                0x1c,
                                3,
                                0x030000,
                                1,
                                0,
                                3,
                                0x80,
                                0,
                                Image.of(new byte[4])));
        assertThat(image.ids())
                .containsExactly(ALDER_LAKE_N, PciId.intel(0x46d1), PciId.intel(0x46d2));
        assertThat(image.payload()).isEqualTo(DRIVER);
        assertThat(image.compressed()).isFalse();
        assertThat(rom.trailing()).isEqualTo(Image.EMPTY);
        assertThat(diagnostics.list()).isEmpty();
    }

    @Test
    void read_of_a_legacy_image_gives_entry_point_and_a_good_checksum() {
        OptionRom rom = OptionRom.read(bytes(OptionRom.of(List.of(legacy()))), FILE, diagnostics);
        RomImage image = rom.images().getFirst();
        assertThat(image.header())
                .isInstanceOfSatisfying(
                        RomHeader.Legacy.class,
                        legacy -> {
                            assertThat(legacy.initializationSize()).isEqualTo(512);
                            assertThat(legacy.entryPoint()).isEqualTo(Image.ofHex("e97f00"));
                        });
        assertThat(image.pcir().codeTypeName()).isEqualTo("x86 (legacy BIOS)");
        assertThat(image.payload()).isEqualTo(image.raw());
        assertThat(diagnostics.list()).isEmpty();
    }

    @Test
    void read_follows_images_to_the_last_and_keeps_trailing_bytes() {
        OptionRom made = OptionRom.of(List.of(legacy(), efi()));
        Image file = new Emitter().image(bytes(made)).ascii("trailing").toImage();
        OptionRom rom = OptionRom.read(file, FILE, diagnostics);
        assertThat(rom.images()).extracting(RomImage::offset).containsExactly(0L, 512L);
        assertThat(rom.images())
                .extracting(image -> image.pcir().last())
                .containsExactly(false, true);
        assertThat(rom.size()).isEqualTo(1024);
        assertThat(rom.trailing()).isEqualTo(Image.ofAscii("trailing"));
        assertThat(bytes(rom)).isEqualTo(file);
        assertThat(diagnostics.list()).isEmpty();
    }

    @Test
    void change_of_id_or_order_updates_the_checksum_of_a_legacy_image() {
        RomImage made = legacy().withId(PciId.intel(0x9bc8)).withLast(false);
        OptionRom rom =
                OptionRom.read(bytes(OptionRom.of(List.of(made, efi()))), FILE, diagnostics);
        assertThat(rom.images().getFirst()).isEqualTo(made);
        assertThat(made.pcir().id()).isEqualTo(PciId.intel(0x9bc8));
        assertThat(made.raw().sum8()).isZero();
        assertThat(made.withId(ALDER_LAKE_N).withLast(true)).isEqualTo(legacy());
        assertThat(diagnostics.list()).isEmpty();
    }

    @Test
    void checksum_of_a_legacy_image_can_be_corrected() {
        RomImage wrong =
                OptionRom.read(patched(legacy().raw(), 6, "00"), FILE, diagnostics)
                        .images()
                        .getFirst();
        assertThat(wrong.raw().sum8()).isNotZero();
        assertThat(wrong.withChecksum()).isEqualTo(legacy());
        assertThat(efi().withChecksum()).isEqualTo(efi());
    }

    @Test
    void change_of_id_or_order_of_a_uefi_image_can_be_undone() {
        assertThat(efi().withId(PciId.intel(0x9bc8)).withLast(false).withId(ALDER_LAKE_N))
                .isEqualTo(efi().withLast(false));
    }

    @Test
    void legacy_image_with_an_invalid_size_keeps_its_checksum_byte() {
        RomImage odd =
                OptionRom.read(patched(legacy().raw(), 2, "ff"), FILE, diagnostics)
                        .images()
                        .getFirst();
        assertThat(odd.withLast(false).withLast(true)).isEqualTo(odd);
    }

    @Test
    void read_finds_the_next_image_after_fill_bytes() {
        Image first = efi().withLast(false).raw();
        Image file = new Emitter().image(first).fillTo(0x1000, 0xff).image(efi().raw()).toImage();
        OptionRom rom = OptionRom.read(file, FILE, diagnostics);
        assertThat(rom.images()).extracting(RomImage::offset).containsExactly(0L, 0x1000L);
        assertThat(rom.images().getFirst().gap().size()).isEqualTo(0xe00);
        assertThat(bytes(rom)).isEqualTo(file);
        assertThat(messages())
                .containsExactly("igd.rom +0x200: 0xe00 fill bytes before the next image");
    }

    @Test
    void payload_of_a_compressed_image_ends_with_its_stream() {
        Image stream = Image.ofHex("04000000 00100000 aabbccdd");
        RomImage image = builder().efi(11, 0x8664, 1, stream);
        assertThat(image.compressed()).isTrue();
        assertThat(image.payload()).isEqualTo(stream);
    }

    @Test
    void unknown_code_type_is_kept() {
        Image file = patched(efi().raw(), 0x1c + 0x14, "42");
        RomImage image = OptionRom.read(file, FILE, diagnostics).images().getFirst();
        assertThat(image.header()).isEqualTo(new RomHeader.Other(file.slice(2, 0x16), 0x1c));
        assertThat(image.pcir().codeTypeName()).isEqualTo("unknown code type 0x42");
        assertThat(diagnostics.list()).isEmpty();
    }

    @Test
    void truncated_image_is_kept_with_a_diagnostic() {
        Image file = efi().raw().slice(0, 0x100);
        OptionRom rom = OptionRom.read(file, FILE, diagnostics);
        assertThat(rom.images().getFirst().truncated()).isTrue();
        assertThat(bytes(rom)).isEqualTo(file);
        assertThat(messages())
                .containsExactly(
                        "igd.rom/image 1@0x0 +0x2c: the image is truncated: it has 0x200 bytes,"
                                + " 0x100 are left",
                        "igd.rom/image 1@0x0 +0x16: EfiImageHeaderOffset is 0x1f3, the image ends"
                                + " at 0x100");
    }

    @Test
    void missing_image_after_one_that_is_not_the_last_is_odd() {
        Image file = new Emitter().image(efi().withLast(false).raw()).fill(7, 512).toImage();
        OptionRom rom = OptionRom.read(file, FILE, diagnostics);
        assertThat(rom.trailing().size()).isEqualTo(512);
        assertThat(bytes(rom)).isEqualTo(file);
        assertThat(messages())
                .containsExactly(
                        "igd.rom +0x200: an image is missing: the previous one is not marked as"
                                + " last");
        assertThat(diagnostics.list().getFirst().severity()).isEqualTo(Diagnostic.Severity.ODD);
    }

    @Test
    void missing_image_at_the_end_of_the_file_is_broken() {
        OptionRom.read(efi().withLast(false).raw(), FILE, diagnostics);
        assertThat(messages())
                .containsExactly(
                        "igd.rom +0x200: an image is missing: the previous one is not marked as"
                                + " last");
        assertThat(diagnostics.list().getFirst().severity()).isEqualTo(Diagnostic.Severity.BROKEN);
    }

    @Test
    void images_over_the_limit_are_trailing() {
        Emitter file = new Emitter();
        for (int count = 0; count < 100; count++) {
            file.image(efi().withLast(false).raw());
        }
        OptionRom rom = OptionRom.read(file.toImage(), FILE, diagnostics);
        assertThat(rom.images()).hasSize(64);
        assertThat(bytes(rom)).isEqualTo(file.toImage());
        assertThat(messages())
                .containsExactly("igd.rom +0x8000: more than 64 images, the rest is not read");
    }

    @Test
    void odd_values_are_diagnostics() {
        assertThat(problems(patched(legacy().raw(), 6, "00")))
                .containsExactly(
                        "igd.rom/image 1@0x0 +0x0: the checksum of 0x200 bytes is 0x%02x, expected 0"
                                .formatted(-legacy().raw().u8(6) & 0xff));
        assertThat(problems(patched(legacy().raw(), 2, "02")))
                .containsExactly(
                        "igd.rom/image 1@0x0 +0x2: InitializationSize is 0x400, the image has"
                                + " 0x200 bytes");
        assertThat(problems(patched(legacy().raw(), 0x2c, "0000")).getFirst())
                .isEqualTo(
                        "igd.rom/image 1@0x0 +0x2c: ImageLength is 0x0, the data structure ends at"
                                + " 0x38; using InitializationSize 0x200");
        assertThat(problems(patched(efi().raw(), 0x1c + 0x0a, "0000")))
                .containsExactly("igd.rom/image 1@0x0 +0x26: Length is 0x0, the minimum is 0x18");
        assertThat(problems(patched(efi().raw(), 0x1c + 0x0a, "0001")))
                .containsExactly(
                        "igd.rom/image 1@0x0 +0x26: Length is 0x100, the known fields end at 0x1c");
        assertThat(problems(patched(efi().raw(), 4, "00")))
                .containsExactly(
                        "igd.rom/image 1@0x0 +0x4: EfiSignature is 0xe00, expected 0xef1 for code"
                                + " type 3");
        assertThat(problems(patched(efi().raw(), 0x16, "0002")))
                .containsExactly(
                        "igd.rom/image 1@0x0 +0x16: EfiImageHeaderOffset is 0x200, the image ends"
                                + " at 0x200");
        assertThat(problems(patched(efi().raw(), 0x0c, "02")))
                .containsExactly(
                        "igd.rom/image 1@0x0 +0xc: CompressionType is 0x2, expected 0 or 1");
        assertThat(problems(patched(efi().raw(), 2, "05")))
                .containsExactly(
                        "igd.rom/image 1@0x0 +0x2: InitializationSize is 0xa00, ImageLength is"
                                + " 0x200");
        assertThat(problems(patched(efi().raw(), 0x24, "ff01")))
                .containsExactly(
                        "igd.rom/image 1@0x0 +0x24: DeviceListOffset is 0x1ff, the device list does"
                                + " not end inside the image");
    }

    @Test
    void rom_without_a_data_structure_is_refused() {
        assertThatThrownBy(() -> OptionRom.read(Image.ofHex("55aa01"), FILE, diagnostics))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("igd.rom/image 1@0x0 +0x0: header needs 0x1a bytes, 0x3 are left");
        assertThatThrownBy(
                        () -> OptionRom.read(patched(efi().raw(), 0x18, "ffff"), FILE, diagnostics))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage(
                        "igd.rom/image 1@0x0 +0x18: PcirOffset points to 0xffff, the image ends at"
                                + " 0x200");
        assertThatThrownBy(
                        () -> OptionRom.read(patched(efi().raw(), 0x18, "2000"), FILE, diagnostics))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("igd.rom/image 1@0x0 +0x20: Signature is not \"PCIR\"");
        assertThatThrownBy(() -> OptionRom.read(patched(efi().raw(), 0, "4d5a"), FILE, diagnostics))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("igd.rom/image 1@0x0 +0x0: Signature is 0x5a4d, expected 0xaa55");
        Image inHeader = patched(patched(efi().raw(), 8, "50434952"), 0x18, "0800");
        assertThatThrownBy(() -> OptionRom.read(inHeader, FILE, diagnostics))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("igd.rom/image 1@0x0 +0x18: PcirOffset is 0x8, inside the header");
    }

    @Test
    void image_without_any_size_is_refused() {
        Image sizeless = patched(patched(efi().raw(), 2, "0000"), 0x2c, "0000");
        assertThatThrownBy(() -> OptionRom.read(sizeless, FILE, diagnostics))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage(
                        "igd.rom/image 1@0x0 +0x2c: ImageLength is 0x0, the data structure ends at"
                                + " 0x38");
        assertThat(OptionRom.looksLikeRom(sizeless, 0)).isFalse();
    }

    @Test
    void quick_check_accepts_only_images_that_can_be_read() {
        Image file = new Emitter().fill(0xff, 3).image(efi().raw()).toImage();
        assertThat(OptionRom.looksLikeRom(file, 3)).isTrue();
        assertThat(OptionRom.looksLikeRom(file, 4)).isFalse();
        assertThat(OptionRom.looksLikeRom(file, -1)).isFalse();
        assertThat(OptionRom.looksLikeRom(file, Long.MAX_VALUE)).isFalse();
        assertThat(OptionRom.looksLikeRom(file.slice(0, 0x20), 3)).isFalse();
        Bruises.all(
                file,
                bruised -> {
                    if (OptionRom.looksLikeRom(bruised, 3)) {
                        assertThatCode(() -> readAndWrite(bruised.from(3)))
                                .doesNotThrowAnyException();
                    }
                });
    }

    @Test
    void every_bruise_reads_or_is_refused() {
        Bruises.all(bytes(OptionRom.of(List.of(legacy(), efi()))), OptionRomTest::readAndWrite);
    }

    @Test
    void read_and_write_give_back_the_bytes_of_real_roms() {
        List<Path> roms = new ArrayList<>(Corpus.files("oprom"));
        roms.addAll(systemRoms());
        for (Path file : roms) {
            Image rom = Corpus.image(file);
            if (OptionRom.looksLikeRom(rom, 0)) {
                OptionRom read = readAndWrite(rom);
                read.images().forEach(OptionRomTest::structuresGiveBackTheirBytes);
            }
        }
    }

    @Test
    void real_vga_bios_lists_its_devices() {
        OptionRom rom = OptionRom.read(Corpus.image("oprom/x230t_vbios.bin"), FILE, diagnostics);
        RomImage image = rom.images().getFirst();
        assertThat(image.ids())
                .startsWith(PciId.intel(0x0106))
                .contains(PciId.intel(0x0166))
                .hasSizeGreaterThan(5);
        assertThat(diagnostics.list()).isEmpty();
    }

    @Test
    void real_rom_holds_two_uefi_images() {
        OptionRom rom =
                OptionRom.read(
                        Corpus.image("oprom/gangqizai_2in1_rom_igd_rpls.rom"), FILE, diagnostics);
        assertThat(rom.images())
                .extracting(image -> image.offset() + " " + image.payload().size())
                .containsExactly("0 17792", "17920 142016");
        assertThat(rom.images())
                .allSatisfy(image ->
                        assertThat(image.payload().startsWith(Image.ofAscii("MZ"))).isTrue());
        assertThat(diagnostics.list()).isEmpty();
    }

    @Test
    void ipxe_roms_hold_a_legacy_and_a_uefi_image() {
        Path file = Path.of("/usr/lib/ipxe/qemu/efi-e1000.rom");
        Assumptions.assumeTrue(Files.exists(file), "no ipxe-qemu on this machine");
        OptionRom rom = OptionRom.read(Corpus.image(file), FILE, diagnostics);
        assertThat(rom.images())
                .extracting(image -> image.pcir().codeTypeName())
                .containsExactly("x86 (legacy BIOS)", "UEFI");
        assertThat(diagnostics.list()).isEmpty();
    }

    @Test
    void fuzzing_starts_from_built_roms() throws IOException {
        seed("efi.rom", OptionRom.of(List.of(efi())));
        seed("legacy.rom", OptionRom.of(List.of(legacy())));
        seed("both.rom", OptionRom.of(List.of(legacy(), efi())));
        Image compressed = Image.ofHex("04000000 00100000 aabbccdd");
        seed("compressed.rom", OptionRom.of(List.of(builder().efi(11, 0x8664, 1, compressed))));
    }

    private static void seed(String name, OptionRom rom) throws IOException {
        Seeds.check(OptionRomFuzzTest.class, "reads_or_refuses", name, bytes(rom));
    }

    private static OptionRom readAndWrite(Image rom) {
        OptionRom read = OptionRom.read(rom, FILE, new Diagnostics());
        assertThat(bytes(read)).isEqualTo(rom);
        read.images().forEach(image -> assertThat(image.payload().size()).isNotNegative());
        return read;
    }

    private static void structuresGiveBackTheirBytes(RomImage image) {
        Emitter header = new Emitter();
        image.header().write(header);
        assertThat(image.raw().startsWith(header.toImage())).isTrue();
        Emitter data = new Emitter();
        image.pcir().write(data);
        assertThat(image.raw().matches(image.header().pcirOffset(), data.toImage())).isTrue();
    }

    private static List<Path> systemRoms() {
        List<Path> roms = new ArrayList<>();
        for (String directory : List.of("/usr/lib/ipxe/qemu", "/usr/share/seabios")) {
            if (Files.isDirectory(Path.of(directory))) {
                try (Stream<Path> all = Files.list(Path.of(directory))) {
                    all.forEach(roms::add);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return roms;
    }

    private static List<String> problems(Image rom) {
        Diagnostics found = new Diagnostics();
        OptionRom read = OptionRom.read(rom, FILE, found);
        assertThat(bytes(read)).isEqualTo(rom);
        return found.list().stream().map(Diagnostic::toString).toList();
    }

    private List<String> messages() {
        return diagnostics.list().stream().map(Diagnostic::toString).toList();
    }

    private static Image bytes(OptionRom rom) {
        Emitter out = new Emitter();
        rom.write(out);
        return out.toImage();
    }

    private static Image patched(Image image, long offset, String hex) {
        return new Emitter().image(image).patch(offset, Image.ofHex(hex)).toImage();
    }

    private static RomBuilder builder() {
        return new RomBuilder(ALDER_LAKE_N, RomBuilder.VGA, List.of(0x46d1, 0x46d2));
    }

    private static RomImage efi() {
        return builder().efi(11, 0x8664, RomHeader.Efi.UNCOMPRESSED, DRIVER);
    }

    private static RomImage legacy() {
        return builder().legacy(Image.ofHex("e97f00"), Image.ofAscii("code"));
    }
}
