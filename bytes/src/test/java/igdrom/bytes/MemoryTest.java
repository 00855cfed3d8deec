package igdrom.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MemoryTest {
    @Test
    void values_are_little_endian_and_unsigned_at_any_offset() {
        Memory memory = Memory.ofSize(32);
        memory.putU8(1, 0x1ff);
        memory.putU16(3, 0x1fffe);
        memory.putU32(7, 0x1_ffff_fffdL);
        memory.putU64(13, -4L);
        assertThat(memory.u8(1)).isEqualTo(0xff);
        assertThat(memory.u16(3)).isEqualTo(0xfffe);
        assertThat(memory.u32(7)).isEqualTo(0xffff_fffdL);
        assertThat(memory.u64(13)).isEqualTo(-4L);
        assertThat(memory.image(0, 32))
                .isEqualTo(
                        Image.ofHex(
                                "00ff00feff0000fdffffff0000fcffffffffffffff0000000000000000000000"));
    }

    @Test
    void put_and_image_copy_the_bytes() {
        Memory memory = Memory.ofSize(8);
        memory.put(2, Image.ofAscii("abc"));
        Image before = memory.image(2, 3);
        memory.fill(0x7a);
        assertThat(before).isEqualTo(Image.ofAscii("abc"));
        assertThat(memory.slice(4, 2).image(0, 2)).isEqualTo(Image.ofAscii("zz"));
        assertThat(memory.slice(4, 2).size()).isEqualTo(2);
    }

    @Test
    void first_byte_that_is_not_zero_is_found() {
        Memory memory = Memory.ofSize(300).slice(1, 298);
        assertThat(memory.indexOfNonZero(0)).isEqualTo(298);
        assertThat(memory.indexOfNonZero(298)).isEqualTo(298);
        for (int at = 0; at < 298; at++) {
            memory.putU8(at, 0x80);
            assertThat(memory.indexOfNonZero(0)).isEqualTo(at);
            assertThat(memory.indexOfNonZero(at)).isEqualTo(at);
            assertThat(memory.indexOfNonZero(at + 1L)).isEqualTo(298);
            memory.putU8(at, 0);
        }
        assertThatThrownBy(() -> memory.indexOfNonZero(299))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void access_outside_the_memory_is_refused() {
        Memory memory = Memory.ofSize(8);
        assertThatThrownBy(() -> memory.u32(5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> memory.putU8(-1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> memory.image(4, 5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> memory.put(6, Image.ofAscii("abc")))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
