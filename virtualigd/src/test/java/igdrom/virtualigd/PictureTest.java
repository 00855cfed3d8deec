package igdrom.virtualigd;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.vfiouser.wire.Guest;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PictureTest {
    private static final int WIDTH = 16;
    private static final int HEIGHT = 100;
    private static final int STRIDE = 64;

    @Test
    void picture_is_empty_after_power_on() throws IOException {
        assertThat(TestIgd.of("8086:3e92").device.picture(null)).isEmpty();
    }

    @Test
    void pixels_in_the_aperture_are_shown() throws IOException {
        TestIgd igd = TestIgd.of("8086:3e92");
        plane(igd, 0x10000);
        igd.aperture.put(0x10000, pixels());
        check(igd, null);
    }

    @Test
    void planes_of_older_generations_are_shown() throws IOException {
        TestIgd igd = TestIgd.of("8086:0126");
        igd.register(0x6001c, (WIDTH - 1) << 16 | (HEIGHT - 1));
        igd.register(0x70188, STRIDE);
        igd.register(0x7019c, 0x10000);
        igd.register(0x70180, 0x98000000L);
        igd.aperture.put(0x10000, pixels());
        check(igd, null);
    }

    @Test
    void planes_of_bay_trail_are_at_the_base_of_its_display() throws IOException {
        TestIgd igd = TestIgd.of("8086:0f31");
        igd.register(0x1e001c, (WIDTH - 1) << 16 | (HEIGHT - 1));
        igd.register(0x1f0188, STRIDE);
        igd.register(0x1f019c, 0x10000);
        igd.register(0x1f0180, 0x98000000L);
        igd.aperture.put(0x10000, pixels());
        check(igd, null);
    }

    @Test
    void pixels_are_found_through_the_page_table() throws IOException {
        TestIgd igd = TestIgd.of("8086:46a6");
        plane(igd, 0x1000_0000);
        // Its two pages are in reverse order.
        igd.write(0, 0x800000 + 8 * 0x10000, Image.ofHex("01100017 01000000"));
        igd.write(0, 0x800000 + 8 * 0x10001, Image.ofHex("01000017 01000000"));
        Image all = pixels();
        check(
                igd,
                new ReadOnlyGuest() {
                    @Override
                    public Image read(long address, int count) {
                        assertThat(count).isEqualTo(4096);
                        Image padded = new Emitter().image(all).fillTo(8192, 0).toImage();
                        return padded.slice(0x1_1700_1000L - address, count);
                    }
                });
        assertThat(igd.device.picture(null)).isEmpty();
    }

    @Test
    void stolen_memory_of_meteor_lake_is_in_the_aperture() throws IOException {
        TestIgd igd = TestIgd.of("8086:7d55");
        plane(igd, 0xff80_0000L);
        igd.write(0, 0x800000 + 8 * 0xff800, Image.ofHex("01004000 00000000"));
        igd.write(0, 0x800000 + 8 * 0xff801, Image.ofHex("01104000 00000000"));
        igd.aperture.put(0x400000, pixels());
        check(igd, null);
    }

    @Test
    void unsupported_planes_are_not_shown() throws IOException {
        TestIgd igd = TestIgd.of("8086:3e92");
        plane(igd, 0);
        igd.register(0x70180, 0x84000400L);
        assertThat(igd.device.picture(null)).as("tiled").isEmpty();
        igd.register(0x70180, 0x82000000L);
        assertThat(igd.device.picture(null)).as("another format").isEmpty();
        igd.register(0x70180, 0x84000000L);
        igd.register(0x70190, 0xffffffffL);
        assertThat(igd.device.picture(null)).as("too large").isEmpty();
        igd.register(0x70190, 0x000000ffL);
        assertThat(igd.device.picture(null)).as("wider than its rows").isEmpty();
    }

    @Test
    void colours_are_counted_up_to_a_limit() {
        Picture picture = new Picture(2, 2, Image.ofHex("000000 010203 000000 ffffff"));
        assertThat(picture.colours(10)).isEqualTo(3);
        assertThat(picture.colours(2)).isEqualTo(2);
        assertThat(picture.pixel(1, 0)).isEqualTo(0x010203);
    }

    private static void plane(TestIgd igd, long surface) {
        igd.register(0x70188, STRIDE / 64);
        igd.register(0x70190, (HEIGHT - 1) << 16 | (WIDTH - 1));
        igd.register(0x7019c, surface);
        igd.register(0x70180, 0x84000000L);
    }

    private static Image pixels() {
        Emitter out = new Emitter();
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                out.u8(x).u8(y).u8(x + y).u8(0);
            }
        }
        return out.toImage();
    }

    /// Asserts that ImageIO reads the drawn pixels from the PNG.
    private static void check(TestIgd igd, @Nullable Guest guest) throws IOException {
        Picture picture = igd.device.picture(guest).orElseThrow();
        BufferedImage read = ImageIO.read(picture.png().stream());
        assertThat(read.getWidth()).isEqualTo(WIDTH);
        assertThat(read.getHeight()).isEqualTo(HEIGHT);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int expected = (x + y) << 16 | y << 8 | x;
                assertThat(read.getRGB(x, y) & 0xffffff).isEqualTo(expected);
                assertThat(picture.pixel(x, y)).isEqualTo(expected);
            }
        }
    }

    private abstract static class ReadOnlyGuest implements Guest {
        @Override
        public void write(long address, Image data) {
            throw new AssertionError();
        }

        @Override
        public void raise(int index, int vector) {
            throw new AssertionError();
        }
    }
}
