package igdrom.formats.acpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.List;
import org.junit.jupiter.api.Test;

class McfgTest {
    private static final Location WHERE = Location.root("MCFG");

    @Test
    void every_window_is_read() {
        assertThat(Mcfg.read(table(44 + 32), WHERE))
                .isEqualTo(
                        new Mcfg(
                                List.of(
                                        new Mcfg.Window(0xe000_0000L, 0, 0, 255),
                                        new Mcfg.Window(0x1_f000_0000L, 1, 2, 63))));
    }

    @Test
    void length_that_is_no_whole_number_of_windows_is_named() {
        assertThatThrownBy(() -> Mcfg.read(table(44 + 31), WHERE))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage(
                        "MCFG +0x4: Length, 0x4b, is not 0x2c and a multiple of 0x10 within 0x4c");
    }

    @Test
    void every_truncation_is_a_clear_error() {
        Image whole = table(44 + 32);
        for (long size = 0; size < whole.size(); size++) {
            Image cut = whole.slice(0, size);
            assertThatThrownBy(() -> Mcfg.read(cut, WHERE))
                    .isInstanceOf(MalformedImageException.class);
        }
    }

    @Test
    void every_damaged_byte_is_read_or_refused() {
        byte[] whole = table(44 + 32).toByteArray();
        for (int at = 0; at < whole.length; at++) {
            for (int value : new int[] {0, 0x7f, 0xff}) {
                byte[] damaged = whole.clone();
                damaged[at] = (byte) value;
                try {
                    assertThat(Mcfg.read(Image.of(damaged), WHERE).windows()).hasSizeBetween(0, 2);
                } catch (MalformedImageException e) {
                    assertThat(e).hasMessageContaining("MCFG");
                }
            }
        }
    }

    private static Image table(long length) {
        return new Emitter()
                .image(Image.ofAscii("MCFG"))
                .u32(length)
                .fillTo(44, 0)
                .u64(0xe000_0000L)
                .u16(0)
                .u8(0)
                .u8(255)
                .u32(0)
                .u64(0x1_f000_0000L)
                .u16(1)
                .u8(2)
                .u8(63)
                .u32(0)
                .toImage();
    }
}
