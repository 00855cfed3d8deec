package igdrom.firmware.lpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.firmware.lpc.LpcEdit.Edited;
import igdrom.firmware.lpc.LpcRead.None;
import igdrom.firmware.lpc.LpcRead.Site;
import igdrom.firmware.lpc.LpcRead.Unclear;
import igdrom.firmware.lpc.LpcRead.Way;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.Executable;
import igdrom.formats.pe.PeImage;
import igdrom.samples.SampleLpc;
import igdrom.testing.Bruises;
import igdrom.testing.Corpus;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LpcTest {
    private static final PciId BRIDGE = PciId.intel(0x7a84);

    private static Executable read(Image image) {
        return Executable.read(image, Location.root("gop.efi"), new Diagnostics());
    }

    private static Site site(Executable gop) {
        return (Site) LpcRead.of(gop);
    }

    private static long codeAt(PeImage gop) {
        return gop.sections().getFirst().pointerToRawData();
    }

    @Test
    void call_of_read_16_with_the_bridges_address_is_the_site() {
        PeImage gop = Gops.byPorts();
        Site site = site(gop);
        assertThat(site.way()).isEqualTo(Way.PORT_IO);
        assertThat(site.offset()).isEqualTo(codeAt(gop) + Gops.PORT_CALL);
        assertThat(site.window().u8(0)).isEqualTo(0xe8);
        assertThat(site.edited()).isEmpty();
    }

    @Test
    void accepted_ids_come_from_the_comparisons() {
        Site site = site(Gops.byPorts());
        assertThat(site.accepted().orElseThrow())
                .extracting(PchRange::toString)
                .containsExactly("9d80-9d9f", "3480-349f", "3400-341f");
        assertThat(site.accepts(PciId.intel(0x3481))).contains(true);
        assertThat(site.accepts(PciId.intel(0x2918))).contains(false);
        assertThat(site.accepts(new PciId(0x1234, 0x3481))).contains(false);
        assertThat(site.inOneRange(PciId.intel(0x3481), PciId.intel(0x3482))).isTrue();
        assertThat(site.inOneRange(PciId.intel(0x3481), PciId.intel(0x2918))).isFalse();
        assertThat(site.acceptsAll()).isFalse();
    }

    @Test
    void comparisons_with_an_unknown_instruction_are_not_understood() {
        Site site = site(Gops.byPorts("b8 80 62 00 00 0f 05 66 83 f8 1f c3 cc"));
        assertThat(site.accepted()).isEmpty();
        assertThat(site.acceptsAll()).isFalse();
        assertThat(site.accepts(BRIDGE)).isEmpty();
        assertThat(site.inOneRange(BRIDGE, BRIDGE)).isFalse();
    }

    @Test
    void driver_that_does_not_read_the_id_is_not_edited() {
        PeImage gop = Gops.driver(Image.ofHex("33 c0 c3 cc"));
        assertThat(LpcRead.of(gop)).isEqualTo(new None());
        assertThatThrownBy(() -> LpcEdit.edit(gop, BRIDGE))
                .isInstanceOf(LpcEditException.class)
                .hasMessage("it does not read the id of the LPC bridge");
    }

    @Test
    void address_in_data_is_not_a_site() {
        Image code = Image.ofHex("33 c0 c3 cc b9 02 80 0f 00 e8 00 00 00 00 90 90 90 90 90 90");
        assertThat(LpcRead.of(Gops.driver(code))).isInstanceOf(Unclear.class);
    }

    @Test
    void call_of_other_code_or_out_of_the_code_is_not_a_site() {
        for (long target : new long[] {0x7fff_ffffL, 0x8000_0000L, 0xffff_ff00L, 0, 1}) {
            PeImage good = Gops.byPorts();
            Image bad =
                    new Emitter()
                            .image(good.raw())
                            .patch(
                                    codeAt(good) + Gops.PORT_CALL + 1,
                                    new Emitter().u32(target).toImage())
                            .toImage();
            assertThat(LpcRead.of(read(bad))).isInstanceOf(Unclear.class);
        }
    }

    @Test
    void two_sites_are_refused() {
        Image code = SampleLpc.byPorts("33 c0 c3 cc");
        PeImage gop = Gops.driver(new Emitter().image(code).image(code).toImage());
        assertThat(LpcRead.of(gop))
                .isEqualTo(new Unclear("it reads the id by port I/O at 2 sites"));
        assertThatThrownBy(() -> LpcEdit.edit(gop, BRIDGE)).isInstanceOf(LpcEditException.class);
    }

    @Test
    void edit_is_five_bytes_and_the_checksum_and_can_be_undone() throws Exception {
        PeImage gop = Gops.byPorts();
        Edited edited = LpcEdit.edit(gop, BRIDGE);
        assertThat(edited.original()).isEqualTo(gop.raw());
        assertThat(edited.edit().patches().getFirst().after())
                .isEqualTo(Image.ofHex("b8 84 7a 00 00"));
        assertThat(edited.edited().size()).isEqualTo(gop.raw().size());
        assertThat(site(read(edited.edited())).edited()).contains(BRIDGE);
        assertThat(site(read(edited.edited())).accepted()).isEqualTo(site(gop).accepted());
        assertThat(edited.edit().undo(edited.edited())).isEqualTo(gop.raw());
        assertThat(LpcEdit.original(read(edited.edited()))).contains(gop.raw());
    }

    @Test
    void checksum_stays_right_and_absent_checksum_stays_absent() throws Exception {
        PeImage gop = Gops.byPorts();
        Image zero = new Emitter().u32(0).toImage();
        Image without = new Emitter().image(gop.raw()).patch(gop.checkSumOffset(), zero).toImage();
        PeImage edited = (PeImage) read(LpcEdit.edit(read(without), BRIDGE).edited());
        assertThat(edited.optionalHeader().checkSum()).isZero();

        Image sum = new Emitter().u32(((PeImage) read(without)).computedCheckSum()).toImage();
        Image with = new Emitter().image(gop.raw()).patch(gop.checkSumOffset(), sum).toImage();
        Edited summed = LpcEdit.edit(read(with), BRIDGE);
        PeImage right = (PeImage) read(summed.edited());
        assertThat(right.optionalHeader().checkSum()).isEqualTo(right.computedCheckSum());
        assertThat(summed.edit().undo(summed.edited())).isEqualTo(with);
    }

    @Test
    void edited_driver_can_be_edited_again() throws Exception {
        PeImage gop = Gops.byPorts();
        Edited once = LpcEdit.edit(gop, BRIDGE);
        assertThat(LpcEdit.edit(read(once.edited()), BRIDGE)).isEqualTo(once);
        Edited other = LpcEdit.edit(read(once.edited()), PciId.intel(0x5182));
        assertThat(other).isEqualTo(LpcEdit.edit(gop, PciId.intel(0x5182)));
    }

    @Test
    void edit_made_for_other_bytes_is_refused() throws Exception {
        Edited edited = LpcEdit.edit(Gops.byPorts(), BRIDGE);
        assertThatThrownBy(() -> edited.edit().undo(edited.original()))
                .isInstanceOf(LpcEditException.class)
                .hasMessageMatching(
                        "its bytes at \\+0x[0-9a-f]+ are not those the edit was made for");
    }

    @Test
    void read_through_the_root_bridge_becomes_a_store() throws Exception {
        PeImage gop = Gops.byBridge();
        Site site = site(gop);
        assertThat(site.way()).isEqualTo(Way.ROOT_BRIDGE_IO);
        assertThat(site.offset()).isEqualTo(codeAt(gop) + Gops.BRIDGE_WINDOW);
        assertThat(site.accepted().orElseThrow()).isEmpty();
        assertThat(site.acceptsAll()).isTrue();
        assertThat(site.accepts(BRIDGE)).contains(true);

        Edited edited = LpcEdit.edit(gop, PciId.intel(0x1c4e));
        // mov word [r11], 1c4e; xor eax, eax; jmp over the mark
        assertThat(edited.edit().patches().getFirst().after())
                .isEqualTo(Image.ofHex("66 41 c7 03 4e 1c 33 c0 eb 06 69 67 64 72 6f 6d"));
        assertThat(site(read(edited.edited())).edited()).contains(PciId.intel(0x1c4e));
        assertThat(edited.edit().undo(edited.edited())).isEqualTo(gop.raw());

        Edited other = LpcEdit.edit(read(edited.edited()), BRIDGE);
        assertThat(other.edited()).isEqualTo(LpcEdit.edit(gop, BRIDGE).edited());
    }

    @Test
    void window_with_an_unknown_pointer_is_not_a_site() {
        PeImage good = Gops.byBridge();
        Image bad =
                new Emitter()
                        .image(good.raw())
                        .patch(codeAt(good) + 3, Image.ofHex("90 90 90 90 90 90 90"))
                        .toImage();
        assertThat(LpcRead.of(read(bad))).isInstanceOf(Unclear.class);
    }

    @Test
    void bruised_drivers_are_edited_correctly_or_refused() {
        for (PeImage gop : new PeImage[] {Gops.byPorts(), Gops.byBridge()}) {
            Bruises.all(gop.raw(), LpcTest::holdsOrRefuses);
        }
    }

    private static void holdsOrRefuses(Image image) {
        try {
            Executable gop = read(image);
            Edited edited = LpcEdit.edit(gop, BRIDGE);
            assertThat(edited.edit().undo(edited.edited())).isEqualTo(edited.original());
            assertThat(site(read(edited.edited())).edited()).contains(BRIDGE);
        } catch (MalformedImageException | LpcEditException expected) {
            assertThat(expected).hasMessageContaining("");
        }
    }

    /// Observed: the ranges, in disassembled drivers.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    mrcb_soc_intel_snb_IntelGopDriver.efi | ROOT_BRIDGE_IO | 1c4e | ''
                    mrcb_soc_intel_cml_IntelGopDriver.efi | PORT_IO | a308 | 9d40-9d5f a140-a15f a280-a29f a2c0-a2df 9d80-9d9f a300-a31f 0280-029f 0680-069f a3c0-a3df a080-a09f 4380-439f
                    dasharo_novacustom_ns5x_adl_IntelGopDriver.efi | PORT_IO | 5182 | 5180-519f 5480-54ff 7e00-7e1f ae00-ae1f 7700-771f
                    dasharo_novacustom_v5x0tu_IntelGopDriver.efi | PORT_IO | 7e02 | 5180-519f 5480-54ff 7e00-7e1f ae00-ae1f 7700-771f 6a00-6aff 6b00-6bff
                    """)
    void real_drivers_are_read_and_edited(String file, Way way, String bridge, String accepted)
            throws Exception {
        Image gop = Corpus.image("gop/" + file);
        Executable executable = read(gop);
        Site site = site(executable);
        assertThat(site.way()).isEqualTo(way);
        assertThat(
                        String.join(
                                " ",
                                site.accepted().orElseThrow().stream()
                                        .map(PchRange::toString)
                                        .toList()))
                .isEqualTo(accepted);
        PciId id = PciId.of("8086:" + bridge);
        assertThat(site.accepts(id)).contains(true);
        Edited edited = LpcEdit.edit(executable, id);
        Site after = site(read(edited.edited()));
        assertThat(after.edited()).isEqualTo(Optional.of(id));
        assertThat(after.accepted()).isEqualTo(site.accepted());
        assertThat(edited.edit().undo(edited.edited())).isEqualTo(gop);
        if (way == Way.PORT_IO && ((PeImage) executable).optionalHeader().checkSum() == 0) {
            assertThat(LpcEdit.original(read(edited.edited()))).contains(gop);
        }
    }
}
