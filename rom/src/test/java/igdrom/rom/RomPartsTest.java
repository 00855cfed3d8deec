package igdrom.rom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.driver.Driver;
import igdrom.driver.RomData;
import igdrom.driver.RomData.BuiltFor;
import igdrom.driver.RomData.Dock;
import igdrom.driver.RomData.Lid;
import igdrom.driver.RomData.OpRegionOrigin;
import igdrom.driver.RomData.Target;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.FirmwareReader;
import igdrom.formats.compress.Codec;
import igdrom.formats.oprom.OptionRom;
import igdrom.formats.oprom.RomBuilder;
import igdrom.formats.oprom.RomImage;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.NewSection;
import igdrom.formats.pe.PeImage;
import igdrom.formats.pe.SectionHeader;
import igdrom.plan.Conflict;
import igdrom.plan.GuestMachine;
import igdrom.plan.Part;
import igdrom.plan.Parts;
import igdrom.plan.Plan;
import igdrom.plan.Planner;
import igdrom.plan.RomRequest;
import igdrom.samples.SampleGop;
import igdrom.samples.SampleLpc;
import igdrom.samples.SampleOpRegion;
import igdrom.testing.Corpus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RomPartsTest {
    private static final Location FILE = Location.root("igd.rom");
    private static final PciId DEVICE = PciId.intel(0x46d1);
    static final RomData DATA =
            RomData.NONE
                    .withLog(new RomData.Log(/* port= */ false, /* variable= */ true))
                    .withLid(Lid.CLOSED)
                    .withDock(Dock.UNDOCKED)
                    .withOpRegionWins(true)
                    .withTreatAs(0x3e92)
                    .withStolen(0x8d80_0000L, 0x0400_0000)
                    .withOpRegion(Image.ofAscii("an OpRegion"));
    private static final PeImage GOP = SampleGop.driver(21, 0, 1066, List.of(DEVICE));

    private final Diagnostics diagnostics = new Diagnostics();

    @Test
    void rom_reads_back_into_its_parts() {
        RomParts parts = RomParts.of(DEVICE, DATA).withGop(GOP);
        OptionRom rom = OptionRom.read(parts.image(), FILE, diagnostics);
        assertThat(diagnostics.list()).isEmpty();
        assertThat(rom).isEqualTo(parts.assemble());
        assertThat(rom.images())
                .extracting(image -> image.pcir().last())
                .containsExactly(false, true);
        for (RomImage image : rom.images()) {
            assertThat(image.pcir().codeTypeName()).isEqualTo("UEFI");
            assertThat(image.ids()).containsExactly(DEVICE);
            assertThat(image.pcir().classCode()).isEqualTo(0x030000);
        }
        assertThat(driverIn(rom.images().getFirst().payload())).contains(parts.driver());
        // Right-aligned: nothing follows the program in its image.
        assertThat(rom.images().getFirst().payload()).isEqualTo(parts.driver().program().raw());
        assertThat(rom.images().getLast().payload()).isEqualTo(GOP.raw());
    }

    @Test
    void data_records_what_the_rom_was_built_for() {
        PciId iceLake = PciId.intel(0x8a52);
        Image gop = SampleGop.driver(18, 0, 1034, List.of(iceLake), SampleLpc.byPorts()).raw();
        Part<GopDriver> part =
                new Part<>(FirmwareReader.read(gop, "gop.efi").gops().getFirst(), "gop.efi");
        Parts parts =
                new Parts(
                        "gop.efi",
                        List.of(part),
                        List.of(),
                        List.of(),
                        new Part<>(SampleOpRegion.named("ICELAKE"), "opregion.bin"),
                        List.of());
        RomRequest request = RomRequest.of(iceLake).withAllowed(Set.of(Conflict.VBT_LAYOUT));
        assertThat(builtFor(request, parts))
                .isEqualTo(
                        new BuiltFor(
                                Set.of(Target.Q35, Target.PC),
                                0x8a52,
                                0x3482,
                                OpRegionOrigin.OPREGION_FILE));
        assertThat(builtFor(request.withMachine(GuestMachine.PC), parts))
                .isEqualTo(
                        new BuiltFor(
                                Set.of(Target.PC), 0x8a52, 0x3482, OpRegionOrigin.OPREGION_FILE));
        assertThat(builtFor(RomRequest.of(DEVICE).withMachine(GuestMachine.BHYVE), Parts.NONE))
                .isEqualTo(new BuiltFor(Set.of(Target.BHYVE), 0x46d1, 0, OpRegionOrigin.NONE));
    }

    private static BuiltFor builtFor(RomRequest request, Parts parts) {
        Plan plan = (Plan) Planner.plan(request, parts, null);
        return RomParts.of(plan, Driver.bundled()).driver().data().orElseThrow().builtFor();
    }

    @Test
    void compressed_images_decompress_to_the_same_programs() {
        RomParts plain = RomParts.of(DEVICE, DATA).withGop(GOP);
        RomParts compressed =
                new RomParts(
                        DEVICE,
                        RomBuilder.VGA,
                        List.of(),
                        plain.driver(),
                        plain.gop(),
                        /* compressed= */ true);
        List<RomImage> images = OptionRom.read(compressed.image(), FILE, diagnostics).images();
        assertThat(diagnostics.list()).isEmpty();
        assertThat(images).allMatch(RomImage::compressed);
        assertThat(decompressed(images.getFirst())).isEqualTo(plain.driver().program().raw());
        assertThat(decompressed(images.getLast())).isEqualTo(GOP.raw());
        assertThat(compressed.image().size()).isLessThan(plain.image().size());
    }

    @Test
    void vga_bios_comes_first_and_is_for_the_device() {
        RomImage vgaBios =
                OptionRom.read(Corpus.image("oprom/x230t_vbios.bin"), FILE, diagnostics)
                        .images()
                        .getFirst();
        RomParts parts =
                new RomParts(
                        DEVICE,
                        RomBuilder.VGA,
                        List.of(vgaBios),
                        Driver.bundled(),
                        Optional.empty(),
                        false);
        List<RomImage> images = OptionRom.read(parts.image(), FILE, diagnostics).images();
        assertThat(diagnostics.list()).isEmpty();
        assertThat(images.getFirst().pcir().codeTypeName()).isEqualTo("x86 (legacy BIOS)");
        assertThat(images.getFirst().pcir().id()).isEqualTo(DEVICE);
        assertThat(images.getFirst().raw().sum8()).isZero();
        assertThat(images.getFirst().pcir().last()).isFalse();
        assertThat(images.getLast().pcir().last()).isTrue();
    }

    @Test
    void vga_bios_whose_checksum_was_left_to_the_board_gets_one() {
        RomImage left =
                new RomBuilder(DEVICE, RomBuilder.VGA, List.of())
                        .legacy(Image.ofHex("eb0000"), Image.of(new byte[0x100]))
                        .withLast(false);
        Image bytes = new Emitter().image(left.raw()).patch(6, Image.ofHex("00")).toImage();
        RomImage vgaBios = OptionRom.read(bytes, FILE, diagnostics).images().getFirst();
        assertThat(vgaBios.raw().sum8()).isNotZero();
        RomParts parts =
                new RomParts(
                        DEVICE,
                        RomBuilder.VGA,
                        List.of(vgaBios),
                        Driver.bundled(),
                        Optional.empty(),
                        false);
        assertThat(parts.assemble().images().getFirst().raw()).isEqualTo(left.raw());
    }

    @Test
    void same_parts_give_the_same_bytes() {
        Image once = RomParts.of(DEVICE, DATA).withGop(GOP).image();
        assertThat(RomParts.of(DEVICE, DATA).withGop(GOP).image()).isEqualTo(once);
    }

    @Test
    void rom_of_more_than_16_mib_is_refused() {
        Image large = Image.of(new byte[15 << 20]);
        PeImage gop =
                PeImage.of(GOP.machine(), GOP.subsystem(), 0, List.of(NewSection.text(large)));
        RomParts parts = RomParts.of(DEVICE, RomData.NONE).withGop(gop);
        assertThat(parts.image().size()).isLessThan(RomParts.MAX_SIZE);
        PeImage larger =
                PeImage.of(
                        GOP.machine(),
                        GOP.subsystem(),
                        0,
                        List.of(NewSection.text(Image.of(new byte[16 << 20]))));
        assertThatThrownBy(() -> parts.withGop(larger).assemble())
                .isInstanceOf(RomTooLargeException.class)
                .hasMessageEndingWith(" bytes, the maximum is 0x1000000");
    }

    @Test
    void driver_with_data_is_the_same_program_with_one_section_more() {
        Driver bare = Driver.bundled();
        Driver with = bare.with(DATA);
        SectionHeader added = with.program().sections().getLast();
        assertThat(added.name()).isEqualTo(".igdrom");
        assertThat(added.virtualAddress()).isEqualTo(bare.program().optionalHeader().sizeOfImage());
        assertThat(with.program().optionalHeader().directories())
                .isEqualTo(bare.program().optionalHeader().directories());
        assertThat(with.program().optionalHeader().checkSum())
                .isEqualTo(with.program().computedCheckSum());
        PeImage read = PeImage.read(with.program().raw(), FILE, diagnostics);
        assertThat(Driver.read(read, FILE)).contains(with);
        assertThat(Driver.read(bare.program(), FILE)).contains(bare);
        assertThat(diagnostics.list()).isEmpty();
    }

    @Test
    void another_program_is_not_our_driver_and_broken_data_is_refused() {
        assertThat(Driver.read(GOP, FILE)).isEmpty();
        Driver with = Driver.bundled().with(RomData.NONE);
        long at = with.program().sections().getLast().pointerToRawData();
        Image broken =
                new Emitter()
                        .image(with.program().raw())
                        .patch(at + 8, Image.ofHex("07"))
                        .toImage();
        assertThatThrownBy(() -> driverIn(broken))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage(
                        ("igd.rom/.igdrom@0x%x +0x8: Version is 7, expected 2: the ROM was made"
                                        + " by another version of igdrom, build it again")
                                .formatted(at));
    }

    private Optional<Driver> driverIn(Image payload) {
        return Driver.read(PeImage.read(payload, FILE, diagnostics), FILE);
    }

    private static Image decompressed(RomImage image) {
        return Codec.EFI_1_1.decompress(image.payload(), FILE, RomParts.MAX_SIZE).bytes();
    }
}
