package igdrom.formats.e820;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.testing.Bruises;
import java.util.List;
import org.junit.jupiter.api.Test;

class E820MapTest {
    private static final Location LOCATION = Location.root("e820");

    private static final E820Map MAP =
            new E820Map(
                    List.of(
                            E820Entry.of(0, 0x8000_0000L, E820Entry.Type.RAM),
                            E820Entry.of(0x8000_0000L, 0x2000, E820Entry.Type.NVS),
                            new E820Entry(0xffff_ffff_ffff_0000L, 0x1_0000, 9)));

    @Test
    void written_map_is_little_endian_and_reads_back() {
        Image image = MAP.image();
        assertThat(image.size()).isEqualTo(60);
        assertThat(image.slice(20, 20))
                .isEqualTo(
                        Image.ofHex("00 00 00 80 00 00 00 00 00 20 00 00 00 00 00 00 04 00 00 00"));
        assertThat(E820Map.read(image, LOCATION)).isEqualTo(MAP);
        assertThat(MAP.entries())
                .extracting(E820Entry::label)
                .containsExactly("RAM", "ACPI NVS", "type 9");
    }

    @Test
    void read_of_half_an_entry_is_refused() {
        assertThatThrownBy(() -> E820Map.read(MAP.image().slice(0, 30), LOCATION))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("e820 +0x0: 30 bytes are not up to 256 entries of 20 bytes");
    }

    @Test
    void read_of_a_range_that_wraps_around_is_refused() {
        Image image = Image.ofHex("00 00 00 00 00 00 00 80 01 00 00 00 00 00 00 80 01 00 00 00");
        assertThatThrownBy(() -> E820Map.read(image, LOCATION))
                .isInstanceOf(MalformedImageException.class)
                .hasMessageContaining("not a range");
    }

    @Test
    void damaged_map_reads_or_is_refused() {
        Bruises.all(MAP.image(), image -> E820Map.read(image, LOCATION));
    }
}
