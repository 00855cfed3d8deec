package igdrom.rom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.driver.RomData;
import igdrom.driver.RomData.BuiltFor;
import igdrom.driver.RomData.Dock;
import igdrom.driver.RomData.Lid;
import igdrom.driver.RomData.OpRegionOrigin;
import igdrom.driver.RomData.Target;
import igdrom.firmware.gop.Gop;
import igdrom.formats.opregion.OpRegion;
import igdrom.formats.opregion.OpRegionBuilder;
import igdrom.formats.oprom.OptionRom;
import igdrom.formats.oprom.RomBuilder;
import igdrom.formats.oprom.RomImage;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.PeImage;
import igdrom.formats.vbt.DeviceType;
import igdrom.formats.vbt.DvoPort;
import igdrom.formats.vbt.VbtBuilder;
import igdrom.samples.SampleGop;
import igdrom.testing.Bruises;
import igdrom.testing.Corpus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RomChecksTest {
    private static final PciId DEVICE = PciId.intel(0x46d1);
    private static final PciId OTHER = PciId.intel(0x46d4);
    private static final PeImage GOP = SampleGop.driver(21, 0, 1066, List.of(DEVICE));

    @Test
    void rom_built_by_igdrom_passes_every_check() {
        Image rom = RomParts.of(DEVICE, data(opRegion())).withGop(GOP).image();
        assertThat(lines(rom, DEVICE))
                .containsExactly(
                        "GOOD structure: 2 images, chain terminated",
                        "GOOD size: %d bytes".formatted(rom.size()),
                        "GOOD image 0x0: UEFI, igdrom's driver, X64, %d bytes"
                                .formatted(imageSize(rom, 0)),
                        "GOOD image 0x%x: UEFI, GOP, X64, %d bytes"
                                .formatted(imageSize(rom, 0), imageSize(rom, 1)),
                        "GOOD ids: for 8086:46d1",
                        "GOOD order: the driver starts before the GOP",
                        "NOTE Secure Boot: may stay on: OVMF for x86 starts ROMs without a"
                                + " signature",
                        "GOOD driver: igdrom's, with data for one system",
                        "GOOD OpRegion: embedded, version 2.1, 8192 bytes, with a VBT of "
                                + vbt().size(),
                        "GOOD stolen: base 0x8d800000, size 0x4000000",
                        "GOOD GOP: 21.0.1066, one device id, 8086:46d1 among them",
                        "GOOD policy: a driver offers the GOP its policy",
                        "GOOD LPC bridge: the GOP does not read its id: works on q35 and pc");
    }

    @Test
    void rom_for_bhyve_is_not_said_to_be_for_other_machines() {
        RomData data =
                RomData.NONE.withBuiltFor(
                        new BuiltFor(Set.of(Target.BHYVE), 0x46d1, 0, OpRegionOrigin.NONE));
        assertThat(lines(RomParts.of(DEVICE, data).withGop(GOP).image(), DEVICE))
                .contains("GOOD LPC bridge: the GOP does not read its id: works in bhyve");
    }

    @Test
    void data_of_the_driver_is_listed() {
        RomData data =
                RomData.NONE
                        .withLid(Lid.CLOSED)
                        .withDock(Dock.DOCKED)
                        .withOpRegionWins(true)
                        .withAslsAlways(true)
                        .withClearsDisplayState(true)
                        .withTreatAs(0x46d0)
                        .withOpRegion(opRegion());
        assertThat(lines(RomParts.of(DEVICE, data).image(), DEVICE))
                .containsSubsequence(
                        "GOOD driver: igdrom's, with data for one system",
                        "GOOD OpRegion: embedded, version 2.1, 8192 bytes, with a VBT of "
                                + vbt().size()
                                + ", preferred to the hypervisor's",
                        "NOTE ASLS: written even where the hypervisor does not emulate it: the host"
                                + " then loses its own OpRegion until it is rebooted",
                        "NOTE display state: what the host's firmware left is cleared: unproven on"
                                + " hardware",
                        "GOOD treated as: 8086:46d0, Alder Lake-N, Twin Lake",
                        "GOOD lid: reported to the GOP as closed",
                        "GOOD dock: reported to the GOP as docked");
        RomData wrong =
                RomData.NONE
                        .withLid(Lid.OPEN)
                        .withDock(Dock.UNDOCKED)
                        .withOpRegionWins(true)
                        .withTreatAs(0x1234);
        assertThat(lines(RomParts.of(DEVICE, wrong).image(), DEVICE))
                .containsSubsequence(
                        "BAD OpRegion: none embedded: the hypervisor must offer one",
                        "BAD treated as: 8086:1234, which the driver does not support",
                        "GOOD lid: reported to the GOP as open",
                        "GOOD dock: reported to the GOP as undocked");
    }

    @Test
    void op_region_that_the_driver_refuses_is_bad() {
        assertThat(bad(rom(patched(opRegion(), 0x10, "09")), DEVICE))
                .containsExactly(
                        "BAD OpRegion: embedded, but the driver refuses it: igd.rom/OpRegion@0x0"
                                + " +0x10: Size is 9 KiB, an OpRegion has 8");
        assertThat(bad(rom(patched(opRegion(), 0x16, "0000")), DEVICE))
                .containsExactly(
                        "BAD OpRegion: embedded, but the driver refuses it: igd.rom/OpRegion@0x0"
                                + " +0x17: OVER is 0.0, known are 1.0 to 3.x");
        Image large = new Emitter().image(opRegion()).fillTo(0x40001, 0).toImage();
        assertThat(bad(rom(large), DEVICE))
                .containsExactly(
                        "BAD OpRegion: embedded, but the driver refuses it: igd.rom/OpRegion@0x0"
                                + " +0x40000: 0x40001 bytes, the maximum for an OpRegion and its"
                                + " VBT is 0x40000");
    }

    @Test
    void op_region_in_which_the_driver_finds_no_vbt_is_bad() {
        Image sized = patched(opRegion(), 0x418, "ffff");
        assertThat(bad(rom(sized), DEVICE))
                .containsExactly(
                        "BAD OpRegion: embedded, version 2.1, 8192 bytes, without a VBT: a GOP gets"
                                + " no policy",
                        "BAD OpRegion: igd.rom/OpRegion@0x0/VBT@0x400 +0x18: the VBT is"
                                + " truncated: it has 0xffff bytes, 0x1c00 are left");
        Emitter pointing = new Emitter().image(patched(opRegion(), 0x400, "00"));
        pointing.patch(0x16, Image.ofHex("0203"));
        pointing.patch(0x3ba, new Emitter().u64(0x2000).u32(vbt().size() - 1).toImage());
        assertThat(bad(rom(pointing.image(vbt()).toImage()), DEVICE))
                .containsExactly(
                        "BAD OpRegion: embedded, version 3.2, 8192 bytes, without a VBT: a GOP gets"
                                + " no policy",
                        "BAD OpRegion: igd.rom/OpRegion@0x0 +0x3c2: RVDS is 0x%x, the VBT there has"
                                        .formatted(vbt().size() - 1)
                                + " 0x%x bytes".formatted(vbt().size()),
                        "BAD OpRegion: igd.rom/OpRegion@0x0 +0x400: no VBT in mailbox 4 or where"
                                + " RVDA points");
        Image both =
                new Emitter().image(opRegion()).patch(0x3ba, Image.ofHex("00200000")).toImage();
        assertThat(lines(rom(patched(both, 0x3c2, "0010")), DEVICE))
                .contains(
                        "NOTE OpRegion: igd.rom/OpRegion@0x0 +0x3ba: RVDA 0x2000 and RVDS 0x1000"
                                + " extend beyond the end at 0x2000");
    }

    private static Image rom(Image opRegion) {
        return RomParts.of(DEVICE, data(opRegion)).image();
    }

    private static Image patched(Image image, long offset, String hex) {
        return new Emitter().image(image).patch(offset, Image.ofHex(hex)).toImage();
    }

    @Test
    void gop_that_misreads_the_vbt_is_noted() {
        PeImage gop = SampleGop.driver(21, 0, 1066, List.of(DEVICE), SampleGop.outputs(40));
        Image rom = RomParts.of(DEVICE, data(opRegion())).withGop(gop).image();
        assertThat(lines(rom, DEVICE))
                .contains(
                        "NOTE VBT: the GOP expects 40 bytes per output of a VBT, but this one"
                                + " (BDB 250) has 39: it does not find all of them");
    }

    @Test
    void gop_for_other_devices_is_bad() {
        Image rom = RomParts.of(OTHER, RomData.NONE).withGop(GOP).image();
        assertThat(bad(rom, OTHER))
                .containsExactly("BAD GOP: 21.0.1066 does not list 46d4, only 46d1");
    }

    @Test
    void gop_before_the_driver_is_noted() {
        List<RomImage> images =
                new ArrayList<>(RomParts.of(DEVICE, RomData.NONE).withGop(GOP).assemble().images());
        Image rom = bytes(OptionRom.of(images.reversed()));
        assertThat(bad(rom, DEVICE)).isEmpty();
        assertThat(lines(rom, DEVICE))
                .contains(
                        "NOTE order: a GOP precedes a driver: OVMF starts all programs before it"
                                + " connects any");
    }

    @Test
    void one_of_several_gops_must_list_the_device() {
        Image rom = withGops(SampleGop.driver(2, 0, 1024, List.of(OTHER)), GOP, GOP);
        String second = "21.0.1066 at 0x%x".formatted(imageSize(rom, 0) + imageSize(rom, 1));
        String third =
                "21.0.1066 at 0x%x"
                        .formatted(imageSize(rom, 0) + imageSize(rom, 1) + imageSize(rom, 2));
        assertThat(lines(rom, DEVICE))
                .containsSubsequence(
                        "GOOD GOP: " + second + ", one device id, 8086:46d1 among them",
                        "GOOD GOP: " + third + ", one device id, 8086:46d1 among them",
                        "NOTE GOP: one further GOP is for other devices",
                        "GOOD policy: a driver offers GOP " + second + " its policy",
                        "GOOD LPC bridge: GOP "
                                + second
                                + " does not read its id: works on q35 and pc",
                        "GOOD policy: a driver offers GOP " + third + " its policy");
        assertThat(lines(rom, OTHER))
                .contains("NOTE GOP: 2 further GOPs are for other devices")
                .noneMatch(line -> line.startsWith("BAD"));
        assertThat(bad(rom, PciId.intel(0x46d0)))
                .containsExactly(
                        "BAD GOP: none of the 3 GOPs lists 8086:46d0: 2.0.1024, 21.0.1066");
    }

    private static Image withGops(PeImage... gops) {
        List<RomImage> images =
                new ArrayList<>(RomParts.of(DEVICE, RomData.NONE).assemble().images());
        RomBuilder builder = new RomBuilder(DEVICE, RomBuilder.VGA, List.of());
        for (PeImage gop : gops) {
            images.add(builder.efi(11, 0x8664, 0, gop.raw()));
        }
        return bytes(OptionRom.of(images));
    }

    @Test
    void rom_is_checked_for_its_own_device_when_none_was_asked_about() {
        Image rom = RomParts.of(OTHER, RomData.NONE).withGop(GOP).image();
        assertThat(lines(rom))
                .contains(
                        "NOTE device: none was asked about; the ROM's header names 8086:46d4, Alder"
                                + " Lake-N, Twin Lake",
                        "BAD GOP: 21.0.1066 does not list 46d4, only 46d1");
        RomData recorded =
                RomData.NONE.withBuiltFor(
                        new BuiltFor(Set.of(Target.Q35), 0x46d1, 0, OpRegionOrigin.NONE));
        assertThat(lines(RomParts.of(OTHER, recorded).withGop(GOP).image()))
                .contains(
                        "NOTE device: none was asked about; the ROM was built for 8086:46d1, Alder"
                                + " Lake-N, Twin Lake",
                        "GOOD GOP: 21.0.1066, one device id, 8086:46d1 among them");
    }

    @Test
    void rom_for_no_intel_device_is_bad() {
        RomBuilder builder = new RomBuilder(PciId.of("10de:1c82"), RomBuilder.VGA, List.of());
        Image driver = patched(GOP.raw(), Gop.indexOfMark(GOP.raw(), 0), "00");
        Image rom = bytes(OptionRom.of(List.of(builder.efi(11, 0x8664, 0, driver))));
        String bad = "BAD ids: for 10de:1c82, not for an Intel device";
        assertThat(lines(rom)).contains(bad);
        assertThat(lines(rom, DEVICE)).contains(bad);
        Image gop = bytes(OptionRom.of(List.of(builder.efi(11, 0x8664, 0, GOP.raw()))));
        assertThat(lines(gop)).contains(bad);
        assertThat(lines(gop, DEVICE))
                .contains(
                        "NOTE ids: for 10de:1c82, not for "
                                + DEVICE
                                + "; OVMF ignores the mismatch");
    }

    @Test
    void device_that_is_not_known_is_bad_unless_it_is_treated_as_a_known_one() {
        PciId arc = PciId.intel(0x56a0);
        assertThat(bad(RomParts.of(arc, RomData.NONE).image(), arc))
                .containsExactly("BAD device: 8086:56a0, not a known Intel graphics device");
        assertThat(lines(RomParts.of(arc, RomData.NONE).image()))
                .contains(
                        "BAD device: none was asked about; the ROM is for 8086:56a0, not a known"
                                + " Intel graphics device");
        assertThat(bad(RomParts.of(DEVICE, RomData.NONE).image(), PciId.of("10de:1c82")))
                .contains("BAD device: 10de:1c82, not an Intel device");
        PciId next = PciId.intel(0x46df);
        RomData treated = RomData.NONE.withTreatAs(0x46d1);
        assertThat(lines(RomParts.of(next, treated).image(), next))
                .contains(
                        "NOTE device: 8086:46df, an unknown device that the driver treats as"
                                + " 8086:46d1");
        PeImage gop = SampleGop.driver(21, 0, 1066, List.of(next));
        assertThat(lines(RomParts.of(next, RomData.NONE).withGop(gop).image(), next))
                .contains("NOTE device: 8086:46df, an unknown device that a GOP lists");
    }

    @Test
    void vbt_of_another_family_is_bad() {
        Image region = opRegion(vbt("TIGERLAKE", DeviceType.HDMI));
        String text =
                " VBT: for TIGERLAKE (Tiger Lake, Alder Lake-S, Raptor Lake-S), the device is Alder"
                        + " Lake-N, Twin Lake";
        assertThat(bad(rom(region), DEVICE)).containsExactly("BAD" + text);
        assertThat(bad(RomParts.of(PciId.intel(0xa780), data(region)).image(), PciId.intel(0xa780)))
                .isEmpty();
        RomData ofHost =
                data(region)
                        .withBuiltFor(
                                new BuiltFor(Set.of(Target.Q35), 0x46d1, 0, OpRegionOrigin.HOST));
        assertThat(lines(RomParts.of(DEVICE, ofHost).image(), DEVICE))
                .contains("NOTE" + text + "; it is from the machine that the ROM was built on");
    }

    @Test
    void vbt_without_outputs_is_bad_where_a_gop_reads_it() {
        Image region = opRegion(vbt("ALDERLAKE-P", DeviceType.NONE));
        String text =
                " VBT: no outputs can be read from it: its only entry for an output is unused";
        assertThat(bad(RomParts.of(DEVICE, data(region)).withGop(GOP).image(), DEVICE))
                .containsExactly("BAD" + text);
        assertThat(lines(RomParts.of(DEVICE, data(region)).image(), DEVICE))
                .contains("NOTE" + text);
        // This one was seen to give up.
        PeImage other = SampleGop.driver(9, 0, 1080, List.of(DEVICE));
        Image rom = RomParts.of(DEVICE, data(region)).withGop(other).image();
        assertThat(bad(rom, DEVICE)).isEmpty();
        assertThat(lines(rom, DEVICE)).contains("NOTE" + text);
    }

    @Test
    void gop_alone_is_bad_because_it_gets_no_policy() {
        RomBuilder builder = new RomBuilder(DEVICE, RomBuilder.VGA, List.of());
        Image rom = bytes(OptionRom.of(List.of(builder.efi(11, 0x8664, 0, GOP.raw()))));
        assertThat(bad(rom, DEVICE))
                .containsExactly(
                        "BAD size: 1024 bytes, OVMF ignores ROMs of up to 2048",
                        "BAD policy: the GOP needs PlatformGopPolicy, but no driver here offers"
                                + " it");
    }

    @Test
    void program_that_cannot_be_started_is_bad() {
        RomBuilder builder = new RomBuilder(DEVICE, RomBuilder.VGA, List.of());
        Image text = new Emitter().fill('x', 4000).toImage();
        Image rom =
                bytes(
                        OptionRom.of(
                                List.of(
                                        builder.efi(11, 0x8664, 0, text),
                                        builder.efi(11, 0x8664, 1, text),
                                        builder.efi(11, 0x14c, 0, GOP.raw()))));
        assertThat(bad(rom, DEVICE))
                .containsExactly(
                        "BAD image 0x0: UEFI, igd.rom/image 1@0x0/program@0x60 +0x0: e_magic is"
                                + " 0x7878, expected 0x5a4d",
                        "BAD image 0x1000: UEFI, igd.rom/image 2@0x1000/program@0x38 +0x4: Original"
                                + " Size is 0x78787878, the decompression limit is 0x1000000",
                        "BAD image 0x2000: UEFI, GOP, X64, 1024 bytes: the ROM header says IA32",
                        "BAD policy: the GOP needs PlatformGopPolicy, but no driver here offers"
                                + " it");
    }

    @Test
    void public_roms_get_the_right_verdicts() {
        PciId raptorLake = PciId.intel(0xa780);
        Image withGop = Corpus.image("oprom/gangqizai_2in1_rom_igd_rpls.rom");
        assertThat(bad(withGop, raptorLake)).isEmpty();
        assertThat(lines(withGop, raptorLake))
                .contains(
                        "NOTE driver: not igdrom's, uses PlatformGopPolicy",
                        "NOTE OpRegion: none embedded that igdrom can read: the hypervisor must"
                                + " offer one",
                        "GOOD order: the driver starts before the GOP")
                .anyMatch(line -> line.startsWith("GOOD GOP: 17.0."));
        Image withoutGop = Corpus.image("oprom/gangqizai_gen12_igd.rom");
        assertThat(bad(withoutGop, raptorLake)).isEmpty();
        assertThat(lines(withoutGop, raptorLake))
                .contains("NOTE GOP: none: no picture until the guest's own driver starts");
        Image legacy = Corpus.image("oprom/x230t_vbios.bin");
        assertThat(bad(legacy, PciId.intel(0x0166)))
                .containsExactly("BAD UEFI: no image that OVMF can start: legacy only");
        assertThat(bad(legacy, raptorLake)).hasSize(2);
    }

    @Test
    void file_that_does_not_start_like_a_rom_is_refused() {
        assertThatThrownBy(() -> RomChecks.of(Image.ofAscii("text"), "text", Optional.empty()))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("text +0x0: not an option ROM, which starts with 55 aa");
    }

    @Test
    void every_bruise_of_the_first_kilobyte_is_checked_or_refused() {
        Image rom = RomParts.of(DEVICE, data(opRegion())).withGop(GOP).image();
        Bruises.bytes(
                rom.slice(0, rom.size()),
                /* step= */ 97,
                bruised -> RomChecks.of(bruised, "igd.rom", Optional.of(DEVICE)));
        Bruises.bytes(
                rom.slice(0, 0x400),
                1,
                bruised -> RomChecks.of(bruised, "igd.rom", Optional.of(DEVICE)));
    }

    private static RomData data(Image opRegion) {
        return RomData.NONE.withStolen(0x8d80_0000L, 0x0400_0000).withOpRegion(opRegion);
    }

    private static Image opRegion() {
        return opRegion(vbt());
    }

    private static Image opRegion(Image vbt) {
        OpRegion region = OpRegionBuilder.around(vbt);
        Emitter out = new Emitter();
        region.write(out);
        return out.toImage();
    }

    private static Image vbt() {
        return vbt("ALDERLAKE-P", DeviceType.HDMI);
    }

    private static Image vbt(String platform, DeviceType type) {
        Emitter out = new Emitter();
        new VbtBuilder(platform, 250).device(0x0010, type, DvoPort.HDMI_B, 2, 0).build().write(out);
        return out.toImage();
    }

    private static List<String> lines(Image rom, PciId device) {
        return lines(RomChecks.of(rom, "igd.rom", Optional.of(device)));
    }

    /// The checks where no device was asked about.
    private static List<String> lines(Image rom) {
        return lines(RomChecks.of(rom, "igd.rom", Optional.empty()));
    }

    private static List<String> lines(RomChecks checks) {
        return checks.checks().stream()
                .map(check -> check.verdict() + " " + check.subject() + ": " + check.message())
                .toList();
    }

    private static List<String> bad(Image rom, PciId device) {
        List<String> bad = lines(rom, device).stream().filter(l -> l.startsWith("BAD")).toList();
        assertThat(RomChecks.of(rom, "igd.rom", Optional.of(device)).good())
                .isEqualTo(bad.isEmpty());
        return bad;
    }

    private static long imageSize(Image rom, int index) {
        return OptionRom.read(
                        rom, igdrom.bytes.Location.root("igd.rom"), new igdrom.bytes.Diagnostics())
                .images()
                .get(index)
                .raw()
                .size();
    }

    private static Image bytes(OptionRom rom) {
        Emitter out = new Emitter();
        rom.write(out);
        return out.toImage();
    }
}
