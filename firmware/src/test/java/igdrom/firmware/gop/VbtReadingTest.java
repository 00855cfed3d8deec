package igdrom.firmware.gop;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.firmware.gop.VbtReading.All;
import igdrom.firmware.gop.VbtReading.Misread;
import igdrom.firmware.gop.VbtReading.Unusable;
import igdrom.formats.pci.PciId;
import igdrom.formats.vbt.DeviceType;
import igdrom.formats.vbt.DvoPort;
import igdrom.formats.vbt.Vbt;
import igdrom.formats.vbt.VbtBuilder;
import igdrom.formats.vbt.VbtDefect;
import igdrom.samples.SampleGop;
import igdrom.testing.Corpus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VbtReadingTest {
    private static final Location LOCATION = Location.root("gop.efi");

    @Test
    void gop_finds_the_outputs_of_a_vbt_with_its_entry_size() {
        assertThat(gop(SampleGop.outputs(39)).reads(vbt(250))).isEqualTo(new All());
    }

    @Test
    void gop_finds_no_output_when_the_entry_size_differs() {
        VbtReading reading = gop(SampleGop.outputs(39)).reads(vbt(256));
        assertThat(reading).isEqualTo(new Misread(39, 40, 256, false));
        assertThat(reading)
                .hasToString(
                        "expects 39 bytes per output of a VBT, but this one (BDB 256) has 40:"
                                + " it finds none and loops forever");
        assertThat(gop(SampleGop.outputs(39)).reads(vbt(209)))
                .isEqualTo(new Misread(39, 38, 209, false));
    }

    @Test
    void gop_finds_the_first_output_with_any_entry_size() {
        Vbt vbt =
                new VbtBuilder("ALDERLAKE-P", 256)
                        .device(0x0008, DeviceType.EDP, DvoPort.DP_A, 0, 0x40)
                        .device(0x0010, DeviceType.HDMI, DvoPort.HDMI_B, 2, 0)
                        .build();
        VbtReading reading = gop(SampleGop.outputs(39)).reads(vbt);
        assertThat(reading).isEqualTo(new Misread(39, 40, 256, true));
        assertThat(reading).asString().endsWith("has 40: it does not find all of them");
    }

    @Test
    void unclear_code_is_not_reported() {
        assertThat(gop(Image.EMPTY).reads(vbt(256))).isEqualTo(new All());
        Image two =
                new Emitter().image(SampleGop.outputs(39)).image(SampleGop.outputs(40)).toImage();
        assertThat(gop(two).reads(vbt(256))).isEqualTo(new All());
        Image forward =
                new Emitter()
                        .image(SampleGop.outputs(39).slice(0, 15))
                        .u32(0x100)
                        .fill(0xcc, 32)
                        .toImage();
        assertThat(gop(forward).reads(vbt(256))).isEqualTo(new All());
    }

    @Test
    void vbt_without_outputs_is_unusable_for_every_gop() {
        Vbt vbt = new VbtBuilder("ALDERLAKE-P", 256).build();
        Unusable unusable =
                new Unusable(
                        new VbtDefect(VbtDefect.Kind.NO_OUTPUTS, "it has no entries for outputs"));
        assertThat(gop(SampleGop.outputs(39)).reads(vbt)).isEqualTo(unusable);
        assertThat(gop(Image.EMPTY).reads(vbt))
                .isEqualTo(unusable)
                .hasToString("can read no outputs from the VBT: it has no entries for outputs");
    }

    @Test
    void vbt_with_an_invalid_entry_size_is_unusable() {
        Emitter out = new Emitter();
        vbt(256).write(out);
        Image bytes = out.toImage();
        // The block's id and size; 4 bytes later the size of an entry, which becomes 0.
        long block = bytes.indexOf(Image.ofHex("02 5500"), 0);
        Image broken =
                new Emitter().image(bytes).patch((int) block + 7, Image.ofHex("00")).toImage();
        Vbt vbt = Vbt.read(broken, LOCATION, new Diagnostics());
        assertThat(gop(SampleGop.outputs(39)).reads(vbt))
                .isEqualTo(
                        new Unusable(
                                new VbtDefect(
                                        VbtDefect.Kind.CHILD_SIZE,
                                        "ChildDeviceSize is 0, it is from 22 to 64 in all VBTs")));
    }

    @Test
    void loop_cut_off_by_the_end_of_its_section_is_ignored() {
        Image begun = SampleGop.outputs(39).slice(0, 10);
        for (int before = 0; before < 0x200; before++) {
            Emitter code = new Emitter().fill(0xcc, before).image(begun).fill(0xcc, 19);
            code.u16(0x8f0f).u16(0xcccc); // a truncated jump
            assertThat(gop(code.toImage()).reads(vbt(256))).isEqualTo(new All());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "dasharo_novacustom_ns5x_adl_IntelGopDriver.efi, 39",
        "dasharo_novacustom_v5x0tu_IntelGopDriver.efi, 40",
        "mrcb_soc_intel_cml_IntelGopDriver.efi, 39",
        "mrcb_soc_intel_snb_IntelGopDriver.efi, 0",
    })
    void drivers_of_the_corpus_have_their_known_entry_size(String file, int bytes) {
        Gop gop = GopTest.examine(Corpus.image("gop/" + file)).orElseThrow();
        assertThat(OutputLoop.find(gop.executable())).isEqualTo(bytes);
    }

    private static Gop gop(Image more) {
        Image image = SampleGop.driver(21, 0, 1066, List.of(PciId.intel(0x46d1)), more).raw();
        return Gop.examine(image, LOCATION, new Diagnostics()).orElseThrow();
    }

    /// The first entry is unused, as on a board without a panel.
    private static Vbt vbt(int bdbVersion) {
        return new VbtBuilder("ALDERLAKE-P", bdbVersion)
                .device(0x0008, DeviceType.NONE, DvoPort.DP_A, 0, 0)
                .device(0x0010, DeviceType.HDMI, DvoPort.HDMI_B, 2, 0)
                .build();
    }
}
