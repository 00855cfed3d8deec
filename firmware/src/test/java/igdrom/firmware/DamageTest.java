package igdrom.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.formats.compress.Codec;
import igdrom.formats.fv.FileType;
import igdrom.formats.fv.SectionEmitter;
import igdrom.formats.fv.SectionType;
import igdrom.formats.fv.VolumeEmitter;
import igdrom.formats.opregion.OpRegionBuilder;
import igdrom.formats.oprom.RomBuilder;
import igdrom.formats.oprom.RomHeader;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.Machine;
import igdrom.formats.pe.NewSection;
import igdrom.formats.pe.PeImage;
import igdrom.formats.pe.Subsystem;
import igdrom.formats.vbt.VbtBuilder;
import igdrom.samples.SampleGop;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A damaged structure hides neither other structures nor its own content, and structures at
/// unusual locations are found.
class DamageTest {
    private static final Guid NAME = Guid.of("11111111-2222-3333-4444-555555555555");
    private static final Guid LZMA = Guid.of("EE4E5898-3914-4259-9D6E-DC7BD79403CF");
    private static final Guid EFI_CAPSULE = Guid.of("3B6686BD-0D76-4030-B70E-B5519E2FC5A0");
    private static final int DRIVER = 11;
    private static final int X64 = 0x8664;

    private static Contents read(Image image) {
        return FirmwareReader.read(image, "f", ArtifactFilter.EVERYTHING);
    }

    private static Image gop() {
        return SampleGop.driver(21, 0, 1066, List.of(new PciId(PciId.INTEL, 0x46d1))).raw();
    }

    private static Image vbt() {
        return new VbtBuilder("ALDERLAKE-P", 250).build().body();
    }

    private static Image volume(Image sections) {
        return new VolumeEmitter().add(NAME, FileType.DRIVER, sections).toImage(0);
    }

    private static Image gopVolume() {
        return volume(new SectionEmitter().add(SectionType.PE32, gop()).toImage());
    }

    /// A program that is not a GOP, with data in it.
    private static Image program(Subsystem subsystem, Image inside) {
        List<NewSection> sections =
                List.of(
                        NewSection.text(Image.ofHex("c3")),
                        NewSection.data(inside),
                        NewSection.noRelocations());
        Emitter out = new Emitter();
        PeImage.of(Machine.X64, subsystem, 0, sections).write(out);
        return out.toImage();
    }

    private static void givesTheGop(Image image) {
        for (ArtifactFilter filter : ArtifactFilter.values()) {
            assertThat(FirmwareReader.read(image, "f", filter).gops())
                    .as(filter.name())
                    .extracting(GopDriver::bytes)
                    .containsExactly(gop());
        }
    }

    private static Image patched(Image image, long at, Image bytes) {
        return new Emitter().image(image).patch(at, bytes).toImage();
    }

    @Test
    void rom_image_that_claims_too_much_does_not_hide_the_next() {
        RomBuilder builder = new RomBuilder(PciId.intel(0x46d1), RomBuilder.VGA, List.of());
        Image small = program(Subsystem.BOOT_SERVICE_DRIVER, Image.ofAscii("nothing"));
        Image first = builder.efi(DRIVER, X64, RomHeader.Efi.UNCOMPRESSED, small).raw();
        Image second = builder.efi(DRIVER, X64, RomHeader.Efi.UNCOMPRESSED, gop()).raw();
        long pcirLength = first.u16(0x18) + 0x10L;
        Image longer = new Emitter().u16((int) (first.size() / 512) + 3).toImage();
        givesTheGop(
                new Emitter().image(patched(first, pcirLength, longer)).image(second).toImage());
    }

    @ParameterizedTest
    @EnumSource(names = {"UNCOMPRESSED", "EFI"})
    void vbt_in_a_driver_in_a_rom_is_found(Storage storage) {
        Image driver = program(Subsystem.BOOT_SERVICE_DRIVER, vbt());
        Image image =
                new RomBuilder(PciId.intel(0x46d1), RomBuilder.VGA, List.of())
                        .efi(DRIVER, X64, storage.type(), storage.of(driver))
                        .raw();
        assertThat(read(image).vbts()).extracting(VideoBiosTable::bytes).containsExactly(vbt());
    }

    @Test
    void driver_that_contains_a_gop_is_not_a_gop() {
        Image holder = program(Subsystem.BOOT_SERVICE_DRIVER, gopVolume());
        givesTheGop(volume(new SectionEmitter().add(SectionType.PE32, holder).toImage()));
        givesTheGop(holder);
    }

    @Test
    void gop_in_an_application_in_a_volume_is_found() {
        Image holder = program(Subsystem.APPLICATION, gopVolume());
        Image sections = new SectionEmitter().add(SectionType.PE32, holder).toImage();
        givesTheGop(new VolumeEmitter().add(NAME, FileType.APPLICATION, sections).toImage(0));
    }

    @Test
    void truncated_driver_is_reported() {
        Image cut = gop().slice(0, gop().size() - 100);
        assertThat(read(cut).diagnostics())
                .extracting(Diagnostic::severity)
                .containsExactly(Diagnostic.Severity.BROKEN);
        assertThat(read(cut).diagnostics().getFirst().toString()).contains("the image ends at");
    }

    @Test
    void capsule_with_a_wrong_header_size_is_searched_from_its_start() {
        Image capsule =
                new Emitter()
                        .guid(EFI_CAPSULE)
                        .u32(0x1000)
                        .u32(0)
                        .u32(0x1c + gopVolume().size() + 0x2000)
                        .image(gopVolume())
                        .fill(0xff, 0x2000)
                        .toImage();
        assertThat(read(capsule).kind()).isEqualTo(FileKind.CAPSULE);
        givesTheGop(capsule);
    }

    @Test
    void invalid_extended_header_does_not_hide_the_files_before_it() {
        Image extHeaderOffset = new Emitter().u16((int) gopVolume().size() - 0x20).toImage();
        givesTheGop(patched(gopVolume(), 0x34, extHeaderOffset));
    }

    @Test
    void wrong_section_type_does_not_hide_the_program() {
        for (SectionType type :
                List.of(SectionType.DXE_DEPEX, SectionType.USER_INTERFACE, SectionType.VERSION)) {
            givesTheGop(volume(new SectionEmitter().add(type, gop()).toImage()));
        }
    }

    @Test
    void program_that_begins_in_a_gap_is_read_beyond_the_gap() {
        Image volume = gopVolume();
        Image destroyed = patched(volume, 0x48, new Emitter().fill(0xaa, 24).toImage());
        givesTheGop(destroyed);
    }

    @Test
    void section_with_an_extended_header_is_found_outside_of_a_file() {
        Image compressed =
                Codec.LZMA.compress(
                        new SectionEmitter()
                                .add(SectionType.FIRMWARE_VOLUME_IMAGE, gopVolume())
                                .toImage());
        Image section =
                new Emitter()
                        .fill(7, 13)
                        .u24(0xffffff)
                        .u8(SectionType.GUID_DEFINED.code())
                        .u32(28 + compressed.size())
                        .guid(LZMA)
                        .u16(28)
                        .u16(1)
                        .image(compressed)
                        .toImage();
        givesTheGop(section);
    }

    @Test
    void vbt_of_size_0_ends_after_its_blocks() {
        Image broken = patched(vbt(), 0x18, new Emitter().u16(0).toImage());
        assertThat(read(broken).vbts())
                .extracting(found -> found.bytes().size())
                .containsExactly(vbt().size());
    }

    @Test
    void oversized_vbt_does_not_hide_the_data_after_it() {
        Image broken = patched(vbt(), 0x18, new Emitter().u16(0xffff).toImage());
        givesTheGop(new Emitter().image(broken).align(0x1000, 0xff).image(gopVolume()).toImage());
    }

    @Test
    void coreboot_file_that_cannot_be_decompressed_does_not_hide_the_files_after_it() {
        Image header =
                new Emitter()
                        .ascii("LARCHIVE")
                        .image(Image.ofHex("00f00000 00000050 00000020 00000030"))
                        .ascii("vbt.bin\0")
                        // The compression attribute: LZMA.
                        .image(Image.ofHex("42435a4c 00000010 00000001 00002000"))
                        .toImage();
        givesTheGop(new Emitter().image(header).fill(0xff, 0x40).image(gopVolume()).toImage());
    }

    @Test
    void opregion_is_recognised_and_contains_its_vbt() {
        Emitter out = new Emitter();
        OpRegionBuilder.around(vbt()).write(out);
        Contents contents = read(out.toImage());
        assertThat(contents.kind()).isEqualTo(FileKind.OPREGION);
        assertThat(contents.vbts()).extracting(VideoBiosTable::bytes).containsExactly(vbt());
        Node region = contents.tree().children().getFirst();
        assertThat(region.type()).isEqualTo(Node.Type.OPREGION);
        assertThat(region.label()).startsWith("OpRegion 2.").contains(", mailboxes ");
    }

    /// How a program is stored in a ROM.
    enum Storage {
        UNCOMPRESSED(RomHeader.Efi.UNCOMPRESSED),
        EFI(RomHeader.Efi.COMPRESSED);

        private final int type;

        Storage(int type) {
            this.type = type;
        }

        int type() {
            return type;
        }

        Image of(Image program) {
            return this == EFI ? Codec.EFI_1_1.compress(program) : program;
        }
    }
}
