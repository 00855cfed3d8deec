package igdrom.firmware.gop;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.firmware.gop.VbtReading.All;
import igdrom.firmware.gop.VbtReading.Misread;
import igdrom.formats.pci.PciId;
import igdrom.formats.vbt.DeviceType;
import igdrom.formats.vbt.DvoPort;
import igdrom.formats.vbt.Vbt;
import igdrom.formats.vbt.VbtBuilder;
import igdrom.samples.SampleGop;
import igdrom.testing.Corpus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VbtReadingTest {
    private static final Location PLACE = Location.root("gop.efi");

    @Test
    void gop_finds_the_outputs_of_a_vbt_of_its_time() {
        assertThat(gop(SampleGop.outputs(39)).reads(vbt(250))).isEqualTo(new All());
    }

    @Test
    void gop_finds_no_output_where_entries_have_another_size() {
        VbtReading reading = gop(SampleGop.outputs(39)).reads(vbt(256));
        assertThat(reading).isEqualTo(new Misread(39, 40, 256, false));
        assertThat(reading)
                .hasToString(
                        "takes 39 bytes for each output of a VBT, and this one (BDB 256) has 40:"
                                + " it finds none, and never comes back");
        assertThat(gop(SampleGop.outputs(39)).reads(vbt(209)))
                .isEqualTo(new Misread(39, 38, 209, false));
    }

    @Test
    void gop_finds_the_first_output_whatever_the_size() {
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
    void nothing_is_said_when_the_code_does_not_tell() {
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
    void nothing_is_said_of_a_vbt_without_outputs() {
        Vbt vbt = new VbtBuilder("ALDERLAKE-P", 256).build();
        assertThat(gop(SampleGop.outputs(39)).reads(vbt)).isEqualTo(new All());
    }

    @Test
    void nothing_is_said_of_a_broken_vbt() {
        Emitter out = new Emitter();
        vbt(256).write(out);
        Image bytes = out.toImage();
        // The block's number and size, then 4 bytes to the size of an entry, which becomes 0.
        long block = bytes.indexOf(Image.ofHex("02 5500"), 0);
        Image broken =
                new Emitter().image(bytes).patch((int) block + 7, Image.ofHex("00")).toImage();
        Vbt vbt = Vbt.read(broken, PLACE, new Diagnostics());
        assertThat(gop(SampleGop.outputs(39)).reads(vbt)).isEqualTo(new All());
    }

    @Test
    void loop_that_is_cut_off_by_the_end_of_its_section_is_none() {
        Image begun = SampleGop.outputs(39).slice(0, 10);
        for (int before = 0; before < 0x200; before++) {
            Emitter code = new Emitter().fill(0xcc, before).image(begun).fill(0xcc, 19);
            code.u16(0x8f0f).u16(0xcccc); // a jump without an end
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
    void drivers_of_the_corpus_tell_what_they_take_for_an_output(String file, int bytes) {
        Gop gop = GopTest.examine(Corpus.image("gop/" + file)).orElseThrow();
        assertThat(OutputLoop.find(gop.executable())).isEqualTo(bytes);
    }

    private static Gop gop(Image more) {
        Image image = SampleGop.driver(21, 0, 1066, List.of(PciId.intel(0x46d1)), more).raw();
        return Gop.examine(image, PLACE, new Diagnostics()).orElseThrow();
    }

    /// Its first entry is not used, as it is in a board without a panel.
    private static Vbt vbt(int bdbVersion) {
        return new VbtBuilder("ALDERLAKE-P", bdbVersion)
                .device(0x0008, DeviceType.NONE, DvoPort.DP_A, 0, 0)
                .device(0x0010, DeviceType.HDMI, DvoPort.HDMI_B, 2, 0)
                .build();
    }
}
