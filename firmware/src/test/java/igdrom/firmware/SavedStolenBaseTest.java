package igdrom.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.formats.oprom.OptionRom;
import igdrom.formats.oprom.RomImage;
import igdrom.formats.pci.PciId;
import igdrom.samples.SampleVgaBios;
import igdrom.testing.Corpus;
import org.junit.jupiter.api.Test;

class SavedStolenBaseTest {
    private static final PciId IVY_BRIDGE = PciId.intel(0x0166);
    private static final Image USE = SampleVgaBios.of(IVY_BRIDGE, 0).raw().slice(0x38, 19);

    @Test
    void saved_base_is_found_and_cleared() {
        RomImage vgaBios = SampleVgaBios.of(IVY_BRIDGE, 0xbba0_0000L);
        SavedStolenBase saved = SavedStolenBase.find(vgaBios).orElseThrow();
        assertThat(saved.value()).isEqualTo(0xbba0_0000L);
        RomImage cleared = saved.cleared(vgaBios);
        assertThat(cleared).isEqualTo(SampleVgaBios.of(IVY_BRIDGE, 0));
        assertThat(cleared.raw().sum8()).isZero();
        assertThat(SavedStolenBase.find(cleared).orElseThrow().value()).isZero();
    }

    @Test
    void vga_bios_of_a_real_machine_has_a_place_for_the_base() {
        RomImage real = read(Corpus.image("oprom/x230t_vbios.bin"));
        assertThat(SavedStolenBase.find(real)).contains(new SavedStolenBase(0x5d3b, 0));
        RomImage copied = read(patched(real.raw(), 0x5d3b, "0000a0bb"));
        assertThat(copied.raw().sum8()).isNotZero();
        SavedStolenBase saved = SavedStolenBase.find(copied).orElseThrow();
        assertThat(saved).isEqualTo(new SavedStolenBase(0x5d3b, 0xbba0_0000L));
        RomImage cleared = saved.cleared(copied);
        assertThat(cleared.raw()).isEqualTo(real.withChecksum().raw());
        assertThat(cleared.raw().sum8()).isZero();
    }

    @Test
    void code_that_occurs_twice_or_not_at_all_shows_nothing() {
        Image raw = SampleVgaBios.of(IVY_BRIDGE, 1).raw();
        assertThat(SavedStolenBase.find(read(patched(raw, 0x38, "90")))).isEmpty();
        Image twice = new Emitter().image(raw).patch(0x180, USE).toImage();
        assertThat(SavedStolenBase.find(read(twice))).isEmpty();
    }

    @Test
    void two_offsets_that_differ_show_nothing() {
        Image raw = SampleVgaBios.of(IVY_BRIDGE, 1).raw();
        assertThat(SavedStolenBase.find(read(patched(raw, 0x38 + 12, "00")))).isEmpty();
    }

    @Test
    void offset_outside_the_image_or_in_its_headers_shows_nothing() {
        for (String offset : new String[] {"fd01", "ffff", "0000", "1600", "1c00", "3700"}) {
            Image raw = patched(SampleVgaBios.of(IVY_BRIDGE, 1).raw(), 0x38 + 4, offset);
            RomImage vgaBios = read(patched(raw, 0x38 + 12, offset));
            assertThat(SavedStolenBase.find(vgaBios)).as(offset).isEmpty();
        }
        // The last four bytes of the image.
        Image raw = patched(SampleVgaBios.of(IVY_BRIDGE, 1).raw(), 0x38 + 4, "fc01");
        assertThat(SavedStolenBase.find(read(patched(raw, 0x38 + 12, "fc01"))))
                .contains(new SavedStolenBase(0x1fc, 0));
    }

    @Test
    void code_that_is_cut_at_the_end_of_the_image_shows_nothing() {
        Image raw = patched(SampleVgaBios.of(IVY_BRIDGE, 1).raw(), 0x38, "90");
        Image cut = new Emitter().image(raw).patch(0x200 - 12, USE.slice(0, 12)).toImage();
        assertThat(SavedStolenBase.find(read(cut))).isEmpty();
    }

    private static Image patched(Image image, long offset, String hex) {
        return new Emitter().image(image).patch(offset, Image.ofHex(hex)).toImage();
    }

    private static RomImage read(Image rom) {
        return OptionRom.read(rom, Location.root("vbios.rom"), new Diagnostics())
                .images()
                .getFirst();
    }
}
