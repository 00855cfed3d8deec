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
import igdrom.driver.RomData.Dock;
import igdrom.driver.RomData.Lid;
import igdrom.firmware.gop.Gop;
import igdrom.firmware.lpc.LpcEdit;
import igdrom.firmware.lpc.LpcEdit.Edited;
import igdrom.firmware.lpc.LpcEditException;
import igdrom.formats.oprom.RomBuilder;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.PeImage;
import igdrom.samples.SampleGop;
import igdrom.samples.SampleLpc;
import igdrom.testing.Bruises;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RomEditsTest {
    private static final PciId DEVICE = PciId.intel(0x46d1);
    private static final PciId BRIDGE = PciId.intel(0x3481);
    private static final PeImage GOP =
            SampleGop.driver(21, 0, 1066, List.of(DEVICE), SampleLpc.byPorts());

    private static Edited edited() {
        try {
            return LpcEdit.edit(GOP, BRIDGE);
        } catch (LpcEditException e) {
            throw new AssertionError(e);
        }
    }

    private static GopEdit remembered() {
        return new GopEdit(edited().original().sha256(), edited().edit());
    }

    private static Image rom(Optional<GopEdit> edit, boolean compressed) {
        RomData data =
                RomData.NONE
                        .withOpRegion(Image.ofAscii("region"))
                        .withGopEdit(edit.map(GopEdit::image).orElse(Image.EMPTY));
        PeImage program =
                PeImage.read(edited().edited(), Location.root("gop.efi"), new Diagnostics());
        return new RomParts(
                        DEVICE,
                        RomBuilder.VGA,
                        List.of(),
                        Driver.bundled().with(data),
                        Optional.of(program),
                        compressed)
                .image();
    }

    private static Gop gop(Image bytes) {
        return Gop.examine(bytes, Location.root("gop.efi"), new Diagnostics()).orElseThrow();
    }

    private static List<String> checks(Image rom, PciId bridge) {
        return RomChecks.of(rom, "igd.rom", Optional.of(DEVICE), Optional.of(bridge))
                .checks()
                .stream()
                .filter(check ->
                        check.subject().equals("LPC bridge") || check.subject().equals("edit"))
                .map(check -> check.verdict() + " " + check.message())
                .toList();
    }

    @Test
    void original_gop_is_restored_from_a_rom_compressed_or_not() {
        for (boolean compressed : new boolean[] {false, true}) {
            Image rom = rom(Optional.of(remembered()), compressed);
            assertThat(RomEdits.original(rom, gop(edited().edited()))).contains(GOP.raw());
        }
        Image elsewhere = Image.ofAscii("no ROM");
        assertThat(RomEdits.original(elsewhere, gop(edited().edited()))).contains(GOP.raw());
        assertThat(RomEdits.original(elsewhere, gop(GOP.raw()))).isEmpty();
    }

    @Test
    void record_of_another_gop_is_ignored() {
        GopEdit wrong = new GopEdit("00".repeat(32), edited().edit());
        assertThat(wrong.original(edited().edited())).isEmpty();
        assertThat(remembered().original(GOP.raw())).isEmpty();
    }

    @Test
    void edited_gop_is_recognised_and_compared_with_the_host() {
        Image rom = rom(Optional.of(remembered()), false);
        assertThat(checks(rom, BRIDGE))
                .hasSize(2)
                .anyMatch(line ->
                        line.matches(
                                "GOOD the GOP is edited at \\+0x\\w+ to assume 8086:3481: works on"
                                        + " q35 and pc"))
                .contains("GOOD the original GOP can be restored");
        assertThat(checks(rom, PciId.intel(0x3482)))
                .anyMatch(line ->
                        line.startsWith("NOTE")
                                && line.endsWith(
                                        "the host has 8086:3482, which is the same to the GOP"));
        assertThat(checks(rom, PciId.intel(0x5182)))
                .anyMatch(
                        line -> line.startsWith("BAD") && line.endsWith("the host has 8086:5182"));
        assertThat(checks(rom(Optional.empty(), false), BRIDGE))
                .contains("NOTE the ROM has no record of the original GOP");
        GopEdit another = new GopEdit("00".repeat(32), edited().edit());
        assertThat(checks(rom(Optional.of(another), false), BRIDGE))
                .contains("BAD the GOP was changed after igdrom edited it");
    }

    @Test
    void data_with_an_edit_reads_back_and_its_bruises_are_refused() {
        RomData data =
                RomData.NONE
                        .withLid(Lid.OPEN)
                        .withDock(Dock.DOCKED)
                        .withGopEdit(remembered().image());
        Location location = Location.root(".igdrom");
        assertThat(RomData.read(data.image(), location)).isEqualTo(data);
        Image edit = remembered().image();
        Bruises.all(edit, bruised -> GopEdit.read(bruised, location));
        Image none = new Emitter().image(edit).patch(0x23, Image.ofHex("00")).toImage();
        assertThatThrownBy(() -> GopEdit.read(none, location))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage(".igdrom +0x23: Patches is 0, expected 1 to 8");
    }
}
