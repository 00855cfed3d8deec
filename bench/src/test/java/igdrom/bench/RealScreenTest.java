package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bench.witness.PciAddress;
import igdrom.bench.witness.Witness.Graphics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Platform;
import igdrom.virtualigd.Picture;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Frame buffer and page table of a real device, as the guest's processor reads them.
class RealScreenTest {
    private static final long BAR0 = 0xc0_0000_0000L;
    private static final long BAR2 = 0x8000_0000L;
    private static final long MIB = 1 << 20;

    private static Platform platform(int id) {
        return Knowledge.platformOf(PciId.intel(id)).orElseThrow();
    }

    private static Image config() {
        return new Emitter()
                .fillTo(0x10, 0)
                .u32(0x4)
                .u32(BAR0 >>> 32)
                .u32(BAR2 | 0xc)
                .u32(0)
                .fillTo(256, 0)
                .toImage();
    }

    private static Graphics graphics(int format, int width, int height, int line, long offset) {
        return new Graphics(
                Optional.of(PciAddress.of(2, 0)),
                0,
                1,
                width,
                height,
                format,
                line,
                BAR2 + offset,
                0x10_0000);
    }

    private static RealScreen screen(int id, Graphics graphics, long address, Image contents) {
        return new RealScreen(
                (at, size) ->
                        at == address && size == contents.size()
                                ? Optional.of(contents)
                                : Optional.empty(),
                graphics,
                config(),
                platform(id));
    }

    /// Two lines of two pixels and one that is not shown.
    private static final Image PIXELS =
            Image.ofHex("010203ff 040506ff eeeeeeee 070809ff 0a0b0cff eeeeeeee".replace(" ", ""));

    @Test
    void picture_is_read_line_by_line_in_either_order_of_colours() {
        Picture blueFirst =
                screen(0x3e92, graphics(1, 2, 2, 3, 0), BAR2, PIXELS).picture().orElseThrow();
        assertThat(blueFirst).isEqualTo(new Picture(2, 2, Image.ofHex("0302010605040908070c0b0a")));

        Picture redFirst =
                screen(0x3e92, graphics(0, 2, 2, 3, 0), BAR2, PIXELS).picture().orElseThrow();
        assertThat(redFirst).isEqualTo(new Picture(2, 2, Image.ofHex("0102030405060708090a0b0c")));
    }

    @Test
    void frame_buffer_of_another_format_or_without_sense_is_dark() {
        for (Graphics graphics :
                List.of(
                        graphics(2, 2, 2, 3, 0),
                        graphics(3, 2, 2, 3, 0),
                        graphics(1, 0, 2, 3, 0),
                        graphics(1, 4, 2, 3, 0),
                        graphics(1, 2, 0x7fff_ffff, 3, 0),
                        graphics(1, 2, 2, 0x7fff_ffff, 0))) {
            assertThat(screen(0x3e92, graphics, BAR2, PIXELS).picture()).isEmpty();
        }
    }

    @Test
    void pages_are_those_of_the_entries_in_the_second_half_of_bar0() {
        Image entries = new Emitter().u64(0x7_1234_5001L).u64(0x2000).toImage();
        Graphics graphics = graphics(1, 1024, 2, 1024, 0x3000);

        assertThat(screen(0x3e92, graphics, BAR0 + 8 * MIB + 3 * 8, entries).pages())
                .containsExactly(0x7_1234_5000L, -1L);
    }

    @Test
    void old_page_tables_have_four_bytes_an_entry() {
        Image entries = new Emitter().u32(0x1234_5071).u32(0x1234_6001).toImage();
        Graphics graphics = graphics(1, 1024, 2, 1024, 0);

        assertThat(screen(0x0152, graphics, BAR0 + 2 * MIB, entries).pages())
                .containsExactly(0x7_1234_5000L, 0x1234_6000L);
    }

    @Test
    void page_table_that_cannot_be_read_has_no_valid_entry() {
        Graphics graphics = graphics(1, 1024, 1, 1024, 0);

        assertThat(screen(0x3e92, graphics, 0, Image.EMPTY).pages()).containsExactly(-1L);
    }

    @Test
    void picture_of_a_device_with_memory_of_its_own_has_no_pages() {
        Graphics graphics = graphics(1, 1024, 1, 1024, 0);

        assertThat(screen(0x7d55, graphics, 0, Image.EMPTY).pages()).isEmpty();
    }
}
