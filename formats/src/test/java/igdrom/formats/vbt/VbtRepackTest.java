package igdrom.formats.vbt;

import static igdrom.formats.vbt.VbtTest.FILE;
import static igdrom.formats.vbt.VbtTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.testing.Corpus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VbtRepackTest {
    /// The version falls to the highest one with the new size, and does not rise.
    @ParameterizedTest
    @CsvSource({"256, 39, 255", "209, 39, 209", "216, 38, 215", "263, 40, 262", "155, 38, 155"})
    void outputs_stay_the_same_in_entries_of_another_size(int version, int size, int expected)
            throws Exception {
        Vbt before =
                new VbtBuilder("TEST", version)
                        .device(8, DeviceType.EDP, DvoPort.DP_A, 0, 0x40)
                        .device(0x20, DeviceType.NONE, DvoPort.HDMI_A, 0, 0)
                        .device(4, DeviceType.HDMI, DvoPort.HDMI_B, 2, 0)
                        .panel(VbtTest.FULL_HD, "Own panel")
                        .build();
        Image resized = VbtRepack.resize(bytes(before), size, FILE);
        Diagnostics diagnostics = new Diagnostics();
        Vbt after = Vbt.read(resized, FILE, diagnostics);
        VbtContent content = VbtContent.read(after, FILE, diagnostics);
        assertThat(diagnostics.list()).isEmpty();
        assertThat(after.bdb().version()).isEqualTo(expected);
        assertThat(content.devices())
                .extracting(device -> device.raw().size())
                .containsExactly((long) size, (long) size, (long) size);
        assertThat(lines(after)).isEqualTo(lines(before));
        assertThat(resized.size())
                .isEqualTo(bytes(before).size() + 3L * (size - ChildDevice.expectedSize(version)));
    }

    @Test
    void own_size_changes_nothing_in_any_real_vbt() throws Exception {
        for (Path file : Corpus.files("vbt", ".vbt")) {
            Image image = Corpus.image(file);
            Vbt vbt = Vbt.read(image, FILE, new Diagnostics());
            int size = (int) content(vbt).devices().getFirst().raw().size();
            assertThat(VbtRepack.resize(image, size, FILE)).isEqualTo(image);
        }
    }

    @Test
    void real_vbts_have_the_same_outputs_and_panels_in_longer_entries() throws Exception {
        for (Path file : Corpus.files("vbt", ".vbt")) {
            Image image = Corpus.image(file);
            Vbt before = Vbt.read(image, FILE, new Diagnostics());
            int own = (int) content(before).devices().getFirst().raw().size();
            for (int size = own + 1; size <= 44; size++) {
                Image longer = VbtRepack.resize(image, size, FILE);
                Vbt after = Vbt.read(longer, FILE, new Diagnostics());
                assertThat(lines(after)).as(file + " " + size).isEqualTo(lines(before));
                assertThat(blocks(after)).isEqualTo(blocks(before));
                assertThat(after.bdb().version()).isEqualTo(before.bdb().version());
                assertThat(after.body().sum8()).isZero();
                assertThat(after.trailing()).isEqualTo(before.trailing());
                // And back: the version is below the new size's.
                Image back = VbtRepack.resize(longer, own, FILE);
                assertThat(withoutChecksum(back)).isEqualTo(withoutChecksum(image));
            }
        }
    }

    @Test
    void real_vbt_of_bdb_256_gets_the_entries_of_bdb_255() throws Exception {
        for (String name : List.of("cwwk-adl", "framework-marigold")) {
            Image image = Corpus.image("vbt/" + name + ".vbt");
            Vbt before = Vbt.read(image, FILE, new Diagnostics());
            Vbt after = Vbt.read(VbtRepack.resize(image, 39, FILE), FILE, new Diagnostics());
            assertThat(after.bdb().version()).isEqualTo(255);
            assertThat(lines(after)).isEqualTo(lines(before));
            assertThat(blocks(after)).isEqualTo(blocks(before));
            assertThat(after.body().sum8()).isZero();
            assertThat(after.bdb().block(2).orElseThrow().data().size()).isEqualTo(5 + 10 * 39);
        }
    }

    @Test
    void block_with_another_layout_in_the_lower_version_is_refused() {
        Image image = Corpus.image("vbt/intel-pantherlake_crb.vbt");
        assertThatThrownBy(() -> VbtRepack.resize(image, 39, FILE))
                .isInstanceOf(VbtEditException.class)
                .hasMessage(
                        "block 27 (eDP) of BDB 261 has another layout than in BDB 255: it changed"
                                + " in BDB 260");
    }

    @Test
    void handle_with_another_meaning_in_the_lower_version_is_refused() {
        Image image =
                bytes(
                        new VbtBuilder("TEST", 216)
                                .device(8, DeviceType.EDP, DvoPort.DP_A, 0, 0x40)
                                .build());
        Image modern =
                bytes(
                        new VbtBuilder("TEST", 220)
                                .device(1, DeviceType.HDMI, DvoPort.HDMI_E, 4, 0)
                                .build());
        assertThatThrownBy(() -> VbtRepack.resize(modern, 38, FILE))
                .isInstanceOf(VbtEditException.class)
                .hasMessage("HDMI-E is EFP 6 in BDB 220, but would be CRT in BDB 215");
        assertThatThrownBy(() -> VbtRepack.resize(image, 21, FILE))
                .isInstanceOf(VbtEditException.class)
                .hasMessage("no version of a VBT has entries of 21 bytes");
    }

    private static VbtContent content(Vbt vbt) {
        return VbtContent.read(vbt, FILE, new Diagnostics());
    }

    private static List<String> lines(Vbt vbt) {
        return content(vbt).outputs().stream().map(Output::toString).toList();
    }

    /// All blocks except those that a new size of the entries changes.
    private static List<Image> blocks(Vbt vbt) {
        List<Image> blocks = new ArrayList<>();
        for (BdbBlock block : vbt.bdb().blocks()) {
            if (block.id() != BdbBlock.GENERAL_DEFINITIONS
                    && block.id() != BdbBlock.LFP_DATA_POINTERS) {
                blocks.add(block.raw());
            }
        }
        return blocks;
    }

    private static Image withoutChecksum(Image vbt) {
        return VbtTest.patched(vbt, VbtHeader.CHECKSUM_OFFSET, "00");
    }
}
