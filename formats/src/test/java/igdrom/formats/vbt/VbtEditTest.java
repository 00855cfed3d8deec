package igdrom.formats.vbt;

import static igdrom.formats.vbt.VbtTest.FILE;
import static igdrom.formats.vbt.VbtTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.testing.Bruises;
import igdrom.testing.Corpus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VbtEditTest {
    @Test
    void disabled_output_has_device_type_0_and_every_other_byte_stays() throws Exception {
        Image before = new Emitter().image(bytes(VbtTest.notebook())).fill(0x5a, 9).toImage();
        VbtEdit edit = VbtEdit.disable(before, List.of("hdmi-b"), FILE);
        assertThat(edit.disabled()).extracting(Output::name).containsExactly("HDMI-B");
        assertThat(edit.remaining()).extracting(Output::name).containsExactly("eDP-A", "DP-F");
        long type = before.indexOf(Image.ofHex("0400 d260"), 0) + 2;
        assertThat(differences(before, edit.image())).containsExactly(0x1aL, type, type + 1);
        assertThat(edit.image().u16(type)).isZero();
        assertThat(edit.image().slice(0, before.size() - 9).sum8()).isZero();
    }

    @Test
    void several_outputs_are_disabled_at_once_and_twice_is_once() throws Exception {
        Image before = bytes(VbtTest.notebook());
        VbtEdit edit = VbtEdit.disable(before, List.of("DP-F", "eDP", "dp-tc1", "1"), FILE);
        assertThat(edit.disabled()).extracting(Output::name).containsExactly("eDP-A", "DP-F");
        assertThat(edit.remaining()).extracting(Output::name).containsExactly("HDMI-B");
        Image all = VbtEdit.disable(edit.image(), List.of("HDMI"), FILE).image();
        assertThatThrownBy(() -> VbtEdit.disable(all, List.of("HDMI"), FILE))
                .isInstanceOf(VbtEditException.class)
                .hasMessage("the VBT has no outputs");
    }

    @Test
    void output_is_named_by_kind_port_type_c_port_log_name_or_number() throws Exception {
        Image vbt =
                bytes(
                        new VbtBuilder("ALDERLAKE-P", 256)
                                .device(8, DeviceType.EDP, DvoPort.DP_A, 0, 0x40)
                                .device(4, DeviceType.DUAL_MODE, DvoPort.DP_B, 2, 0x10)
                                .device(0x40, DeviceType.DISPLAY_PORT, DvoPort.DP_F, 0, 0x60)
                                .device(0x20, new DeviceType(0x1022), DvoPort.LVDS, 0, 0)
                                .device(0x10, new DeviceType(0x6001), DvoPort.CRT, 0, 0)
                                .device(2, new DeviceType(2), DvoPort.HDMI_C, 0, 0)
                                .build());
        String[][] names = {
            {"eDP-A", "EDP", "edp-a", "LFP-1", "1"},
            {"DP-B", "dp-b", "HDMI-B", "DP++-B", "DP++", "efp-1", "2"},
            {"DP-F", "DP-TC1", "EFP-2", "3"},
            {"LVDS", "4"},
            {"VGA", "vga", "5"},
            {"port-C", "6"},
        };
        for (String[] of : names) {
            for (String name : of) {
                assertThat(VbtEdit.disable(vbt, List.of(name), FILE).disabled())
                        .as(name)
                        .extracting(Output::name)
                        .containsExactly(of[0]);
            }
        }
        assertThatThrownBy(() -> VbtEdit.disable(vbt, List.of("DP"), FILE))
                .isInstanceOf(VbtEditException.class)
                .hasMessage("DP matches 2 outputs: DP-B, DP-F");
        assertThatThrownBy(() -> VbtEdit.disable(vbt, List.of("eDP", "DP-C"), FILE))
                .isInstanceOf(VbtEditException.class)
                .hasMessage(
                        "the VBT has no output DP-C: it has eDP-A, DP-B, DP-F, LVDS, VGA, port-C");
    }

    @Test
    void outputs_with_the_same_name_are_told_apart_by_number() throws Exception {
        Image vbt =
                bytes(
                        new VbtBuilder("KABYLAKE", 209)
                                .device(4, DeviceType.HDMI, DvoPort.HDMI_B, 2, 0)
                                .device(0x40, DeviceType.HDMI, DvoPort.HDMI_B, 5, 0)
                                .build());
        assertThatThrownBy(() -> VbtEdit.disable(vbt, List.of("HDMI-B"), FILE))
                .isInstanceOf(VbtEditException.class)
                .hasMessage(
                        "HDMI-B matches 2 outputs: 1 (HDMI on port B, DDC pin 2), 2 (HDMI on port"
                                + " B, DDC pin 5)");
        VbtEdit edit = VbtEdit.disable(vbt, List.of("2"), FILE);
        assertThat(edit.disabled()).extracting(Output::ddcPin).containsExactly(5);
    }

    @Test
    void each_output_of_every_real_vbt_can_be_disabled_and_only_it_changes() throws Exception {
        for (Path file : Corpus.files("vbt", ".vbt")) {
            Image before = Corpus.image(file);
            Vbt original = Vbt.read(before, FILE, new Diagnostics());
            List<Output> outputs = content(original).outputs();
            for (int i = 0; i < outputs.size(); i++) {
                Output output = outputs.get(i);
                List<String> names = List.of(output.name());
                VbtEdit edit = VbtEdit.disable(before, names, FILE);
                assertThat(edit.disabled()).as(file + " " + output.name()).containsExactly(output);
                Vbt edited = Vbt.read(edit.image(), FILE, new Diagnostics());
                List<Output> left = new ArrayList<>(outputs);
                left.remove(i);
                assertThat(content(edited).outputs()).isEqualTo(left).isEqualTo(edit.remaining());
                assertThat(VbtEdit.missing(original, edited)).containsExactly(output);
                assertThat(edited.body().sum8()).isZero();
                assertThat(differences(before, edit.image())).hasSizeLessThanOrEqualTo(3);
                for (BdbBlock block : edited.bdb().blocks()) {
                    if (block.id() != BdbBlock.GENERAL_DEFINITIONS) {
                        assertThat(original.bdb().blocks()).contains(block);
                    }
                }
            }
        }
    }

    @Test
    void truncated_vbt_is_refused() {
        Image vbt = bytes(VbtTest.notebook());
        Image half = vbt.slice(0, vbt.size() - 1);
        assertThatThrownBy(() -> VbtEdit.disable(half, List.of("eDP"), FILE))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage(
                        "board.vbt +0x18: the VBT is truncated: it has 0x%x bytes, 0x%x are left"
                                .formatted(vbt.size(), vbt.size() - 1));
    }

    @Test
    void bruised_vbts_are_edited_or_refused() {
        Bruises.all(bytes(VbtTest.notebook()), VbtEditTest::editAll);
    }

    /// Edits and resizes a VBT in every way, or throws [MalformedImageException].
    static void editAll(Image image) {
        Vbt vbt = Vbt.read(image, FILE, new Diagnostics());
        for (int i = 1; i <= Math.min(4, content(vbt).outputs().size()); i++) {
            try {
                VbtEdit edit = VbtEdit.disable(image, List.of(Integer.toString(i)), FILE);
                Vbt edited = Vbt.read(edit.image(), FILE, new Diagnostics());
                if (edit.image().size() != image.size()
                        || !content(edited).outputs().equals(edit.remaining())) {
                    throw new AssertionError("the edit changed another output");
                }
            } catch (VbtEditException _) {
                // An entry too short for a type.
            }
        }
        for (int size : new int[] {0, 33, 38, 39, 40, 44, 255}) {
            try {
                Image resized = VbtRepack.resize(image, size, FILE);
                VbtContent content = content(Vbt.read(resized, FILE, new Diagnostics()));
                if (content.devices().size() != content(vbt).devices().size()) {
                    throw new AssertionError("an output was lost or invented");
                }
            } catch (VbtEditException _) {
                // Blocks that would change.
            }
        }
    }

    private static VbtContent content(Vbt vbt) {
        return VbtContent.read(vbt, FILE, new Diagnostics());
    }

    private static List<Long> differences(Image a, Image b) {
        assertThat(a.size()).isEqualTo(b.size());
        List<Long> differences = new ArrayList<>();
        for (long at = 0; at < a.size(); at++) {
            if (a.u8(at) != b.u8(at)) {
                differences.add(at);
            }
        }
        return differences;
    }
}
