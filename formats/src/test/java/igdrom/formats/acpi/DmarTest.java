package igdrom.formats.acpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import org.junit.jupiter.api.Test;

class DmarTest {
    private static final Location WHERE = Location.root("DMAR");

    @Test
    void units_reserved_memory_and_unknown_structures_are_read() {
        Dmar dmar = Dmar.read(table(structures()), WHERE);
        assertThat(dmar.addressWidth()).isEqualTo(39);
        assertThat(dmar.types()).containsExactly(0, 5, 1);
        Dmar.Unit unit = dmar.units().getFirst();
        assertThat(unit.base()).isEqualTo(0xfed9_0000L);
        assertThat(unit.allDevices()).isTrue();
        assertThat(unit.devices()).containsExactly("0000:00:02.0");
        Dmar.ReservedMemory reserved = dmar.reserved().getFirst();
        assertThat(reserved.base()).isEqualTo(0x7c00_0000L);
        assertThat(reserved.last()).isEqualTo(0x807f_ffffL);
        assertThat(reserved.devices()).containsExactly("0000:00:02.0");
    }

    @Test
    void length_of_a_structure_that_does_not_fit_is_named() {
        Image cut = new Emitter().u16(0).u16(99).toImage();
        assertThatThrownBy(() -> Dmar.read(table(cut), WHERE))
                .isInstanceOf(MalformedImageException.class)
                .hasMessageContaining("0x30")
                .hasMessageContaining("Length of a structure, 0x63");
    }

    @Test
    void every_truncation_is_a_clear_error() {
        Image whole = table(structures());
        for (long size = 0; size < whole.size(); size++) {
            Image cut = whole.slice(0, size);
            assertThatThrownBy(() -> Dmar.read(cut, WHERE))
                    .isInstanceOf(MalformedImageException.class);
        }
    }

    private static Image structures() {
        return new Emitter()
                .u16(0)
                .u16(24)
                .u8(1)
                .u8(0)
                .u16(0)
                .u64(0xfed9_0000L)
                .image(scope())
                .u16(5)
                .u16(8)
                .u32(0)
                .u16(1)
                .u16(32)
                .u16(0)
                .u16(0)
                .u64(0x7c00_0000L)
                .u64(0x807f_ffffL)
                .image(scope())
                .toImage();
    }

    private static Image scope() {
        return new Emitter().u8(1).u8(8).u16(0).u8(0).u8(0).u8(2).u8(0).toImage();
    }

    private static Image table(Image structures) {
        return new Emitter()
                .image(Image.ofAscii("DMAR"))
                .u32(48 + structures.size())
                .fillTo(36, 0)
                .u8(38)
                .fillTo(48, 0)
                .image(structures)
                .toImage();
    }
}
