package igdrom.vfiouser.wire;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class GetRegionInfoTest {
    @Test
    void message_is_read_and_written_back() throws Exception {
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
    void message_of_another_size_is_refused() throws Exception {
        Frames.refused(
                5,
                "20000000000000000200000000000000000000000000000000000000000000",
                0,
                "DEVICE_GET_REGION_INFO size is 0x1f, expected 0x20");
        Frames.refused(
                5,
                "200000000000000002000000000000000000000000000000000000000000000000",
                0,
                "DEVICE_GET_REGION_INFO size is 0x21, expected 0x20");
        Frames.refused(
                5,
                "1f00000000000000020000000000000000000000000000000000000000000000",
                0,
                "DEVICE_GET_REGION_INFO argsz is 0x1f, the minimum is 0x20");
    }

    @Test
    void reserved_field_that_is_set_is_refused() throws Exception {
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
                "DEVICE_GET_REGION_INFO descriptor count is 1, the maximum is 0");
    }

    @Test
    void reply_describes_a_plain_region() throws Exception {
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
    void reply_includes_the_areas_when_they_fit() throws Exception {
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
    void reply_gives_the_full_size_when_the_areas_do_not_fit() throws Exception {
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
                "34120500300000000100000000000000400000000f000000020000002000000000000100000000000040000000000000");
    }

    @Test
    void area_outside_its_region_is_rejected() {
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
                .hasMessage("Area[offset=2048, size=2049] is outside region 2");
    }
}
