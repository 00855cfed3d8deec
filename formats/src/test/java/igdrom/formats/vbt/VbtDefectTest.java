package igdrom.formats.vbt;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.formats.vbt.VbtDefect.Kind;
import igdrom.testing.Bruises;
import igdrom.testing.Corpus;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VbtDefectTest {
    /// Header, header of the BDB, block 1.
    private static final int DEFINITIONS = 0x30 + 22 + 13;

    @Test
    void vbts_of_real_boards_have_no_defect() {
        for (Path file : Corpus.files("vbt", ".vbt")) {
            assertThat(defect(Corpus.image(file))).as(file.toString()).isEmpty();
        }
    }

    @Test
    void vbt_with_an_output_has_no_defect() {
        assertThat(defect(vbt(DeviceType.HDMI))).isEmpty();
    }

    @Test
    void vbt_whose_entries_are_all_unused_has_no_outputs() {
        assertThat(defect(vbt(DeviceType.NONE, DeviceType.NONE)))
                .contains(new VbtDefect(Kind.NO_OUTPUTS, "all 2 entries for outputs are unused"));
        assertThat(defect(vbt(DeviceType.NONE)))
                .contains(new VbtDefect(Kind.NO_OUTPUTS, "its only entry for an output is unused"));
        assertThat(defect(vbt()))
                .contains(new VbtDefect(Kind.NO_OUTPUTS, "it has no entries for outputs"));
    }

    @Test
    void vbt_of_zeros_after_its_headers_lacks_block_2() {
        Image vbt =
                new Emitter().image(vbt(DeviceType.HDMI).slice(0, 0x46)).fill(0, 4000).toImage();
        assertThat(defect(patched(vbt, 0x44, "a00f")))
                .contains(
                        new VbtDefect(
                                Kind.NO_BLOCK, "block 2, which lists the outputs, is missing"));
    }

    @Test
    void size_of_an_entry_is_from_22_to_64() {
        for (int size : new int[] {0, 1, 21, 65, 255}) {
            assertThat(defect(withChildSize(size)))
                    .contains(
                            new VbtDefect(
                                    Kind.CHILD_SIZE,
                                    "ChildDeviceSize is %d, it is from 22 to 64 in all VBTs"
                                            .formatted(size)));
        }
        assertThat(defect(withChildSize(22))).isEmpty();
        // The block has one entry of 39 bytes, which holds no whole one of 40.
        assertThat(defect(withChildSize(40)))
                .contains(new VbtDefect(Kind.NO_OUTPUTS, "it has no entries for outputs"));
    }

    @Test
    void block_2_that_ends_after_the_vbt_is_truncated() {
        Image vbt = vbt(DeviceType.HDMI);
        assertThat(defect(patched(vbt, DEFINITIONS + 1, "ffff")))
                .contains(
                        new VbtDefect(
                                Kind.TRUNCATED_BLOCK,
                                "block 2 is truncated: it has 0x10002 bytes, 0x2f are left"));
        assertThat(defect(patched(vbt, DEFINITIONS + 1, "0200")))
                .contains(
                        new VbtDefect(
                                Kind.TRUNCATED_BLOCK,
                                "block 2, which lists the outputs, has only 2 bytes"));
    }

    @Test
    void truncated_block_after_block_2_costs_no_output() {
        Vbt whole =
                new VbtBuilder("ALDERLAKE-P", 250)
                        .device(0x0010, DeviceType.HDMI, DvoPort.HDMI_B, 2, 0)
                        .block(43, Image.of(new byte[100]))
                        .build();
        Emitter out = new Emitter();
        whole.write(out);
        Image cut = patched(out.toImage(), out.position() - 102, "ff00");
        assertThat(defect(cut)).isEmpty();
        assertThat(read(cut).bdb().truncatedBlock())
                .contains("block 43 is truncated: it has 0x102 bytes, 0x67 are left");
        assertThat(whole.bdb().truncatedBlock()).isEmpty();
    }

    @Test
    void every_bruise_of_a_vbt_has_a_defect_or_none() {
        Bruises.bytes(vbt(DeviceType.HDMI, DeviceType.NONE), 1, VbtDefectTest::defect);
    }

    private static Image withChildSize(int size) {
        return patched(vbt(DeviceType.HDMI), DEFINITIONS + 7, "%02x".formatted(size));
    }

    private static Image patched(Image vbt, long at, String hex) {
        return new Emitter().image(vbt).patch(at, Image.ofHex(hex)).toImage();
    }

    private static Optional<VbtDefect> defect(Image vbt) {
        return VbtDefect.of(read(vbt));
    }

    private static Vbt read(Image vbt) {
        return Vbt.read(vbt, Location.root("vbt"), new Diagnostics());
    }

    private static Image vbt(DeviceType... types) {
        VbtBuilder builder = new VbtBuilder("ALDERLAKE-P", 250);
        for (DeviceType type : types) {
            builder.device(0x0010, type, DvoPort.HDMI_B, 2, 0);
        }
        Emitter out = new Emitter();
        builder.build().write(out);
        return out.toImage();
    }
}
