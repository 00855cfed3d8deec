package igdrom.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import org.junit.jupiter.api.Test;

/// What the kernel says about a region of a device. A device itself is opened by the tests of
/// `igdrom test --on-host`, in a guest.
class VfioDeviceTest {
    private static final long INTEL = 0x8000_8086L;

    private static Emitter info(int flags, int firstCapability) {
        return new Emitter()
                .u32(4096)
                .u32(flags)
                .u32(9)
                .u32(firstCapability & 0xffff_ffffL)
                .u64(0x2000)
                .u64(9L << 40);
    }

    private static Emitter type(Emitter out, int next, long subtype) {
        return out.u16(2).u16(1).u32(next).u32(INTEL).u32(subtype);
    }

    @Test
    void region_is_recognised_by_its_type_after_other_capabilities() {
        Emitter out = info(8, 32).u16(1).u16(1).u32(48).u64(0);
        Image info = type(out, 0, 1).fillTo(4096, 0).toImage();

        assertThat(VfioDevice.isOfType(info, INTEL, 1)).isTrue();
        assertThat(VfioDevice.isOfType(info, INTEL, 2)).isFalse();
        assertThat(VfioDevice.isOfType(info, 0x8000_1002L, 1)).isFalse();
    }

    @Test
    void region_without_capabilities_has_no_type() {
        assertThat(VfioDevice.isOfType(type(info(0, 32), 0, 1).toImage(), INTEL, 1)).isFalse();
    }

    @Test
    void lists_that_lead_back_or_out_end() {
        Image back = info(8, 48).fillTo(48, 0).u16(1).u16(1).u32(48).u64(0).toImage();
        Image out = info(8, 4090).fillTo(4096, 0).toImage();
        Image far = info(8, -1).fillTo(4096, 0).toImage();

        assertThat(VfioDevice.isOfType(back, INTEL, 1)).isFalse();
        assertThat(VfioDevice.isOfType(out, INTEL, 1)).isFalse();
        assertThat(VfioDevice.isOfType(far, INTEL, 1)).isFalse();
    }

    @Test
    void missing_group_is_an_error_that_names_the_file() {
        assertThatThrownBy(() -> VfioDevice.open(Integer.MAX_VALUE, "0000:00:02.0"))
                .isInstanceOf(LinuxException.class)
                .hasMessageContaining("open /dev/vfio/");
    }
}
