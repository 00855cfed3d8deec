package igdrom.vfiouser.wire;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class GetRegionInfoTest {
    @Test
    void reads() throws Exception {
        Frames.same(
                new GetRegionInfo(32, 2),
                0x1234,
                "341205003000000000000000000000002000000000000000020000000000000000000000000000000000000000000000",
                0);
        Frames.same(
                new GetRegionInfo(64, 0xffffffffL),
                0x1234,
                "341205003000000000000000000000004000000000000000ffffffff0000000000000000000000000000000000000000",
                0);
    }

    @Test
    void refuses_other_sizes() throws Exception {
        Frames.refused(
                5,
                "20000000000000000200000000000000000000000000000000000000000000",
                0,
                "DEVICE_GET_REGION_INFO has 0x1f bytes, not 0x20");
        Frames.refused(
                5,
                "200000000000000002000000000000000000000000000000000000000000000000",
                0,
                "DEVICE_GET_REGION_INFO has 0x21 bytes, not 0x20");
        Frames.refused(
                5,
                "1f00000000000000020000000000000000000000000000000000000000000000",
                0,
                "DEVICE_GET_REGION_INFO argsz is 0x1f, 0x20 are needed");
    }

    @Test
    void refuses_what_must_be_zero() throws Exception {
        Frames.refused(
                5,
                "2000000001000000020000000000000000000000000000000000000000000000",
                0,
                "DEVICE_GET_REGION_INFO flags must be zero");
        Frames.refused(
                5,
                "2000000000000000020000000000000000000000000000000100000000000000",
                0,
                "DEVICE_GET_REGION_INFO cap_offset, size and offset must be zero");
        Frames.refused(
                5,
                "2000000000000000020000000000000000000000000000000000000000000000",
                1,
                "DEVICE_GET_REGION_INFO came with 1 descriptors, at most 0");
    }

    @Test
    void is_answered_with_a_plain_region() throws Exception {
        Frames.reply(
                5,
                new RegionInfoReply(RegionInfo.plain(2, 0x1000000), 32),
                "341205003000000001000000000000002000000003000000020000000000000000000001000000000000000000000000");
        Frames.reply(
                5,
                new RegionInfoReply(RegionInfo.none(2), 32),
                "341205003000000001000000000000002000000000000000020000000000000000000000000000000000000000000000");
    }

    @Test
    void is_answered_with_areas_when_there_is_room() throws Exception {
        Frames.reply(
                5,
                new RegionInfoReply(
                        new RegionInfo(
                                2,
                                0x10000,
                                true,
                                true,
                                true,
                                List.of(new RegionInfo.Area(0x1000, 0x2000)),
                                0x4000),
                        64),
                "34120500500000000100000000000000400000000f0000000200000020000000000001000000000000400000000000000100010000000000010000000000000000100000000000000020000000000000");
    }

    @Test
    void is_answered_with_the_room_that_areas_need() throws Exception {
        Frames.reply(
                5,
                new RegionInfoReply(
                        new RegionInfo(
                                2,
                                0x10000,
                                true,
                                true,
                                true,
                                List.of(new RegionInfo.Area(0x1000, 0x2000)),
                                0x4000),
                        63),
                "34120500300000000100000000000000400000000f000000020000000000000000000100000000000040000000000000");
    }

    @Test
    void an_area_outside_of_its_region_cannot_be() {
        assertThatThrownBy(() ->
                        new RegionInfo(
                                2,
                                0x1000,
                                true,
                                true,
                                true,
                                List.of(new RegionInfo.Area(0x800, 0x801)),
                                0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Area[offset=2048, size=2049] is not in region 2");
    }
}
