package igdrom.vfiouser.wire;

import org.junit.jupiter.api.Test;

class GetRegionIoFdsTest {
    @Test
    void message_is_read_and_written_back() throws Exception {
        Frames.same(
                new GetRegionIoFds(16, 2),
                0x1234,
                "3412060020000000000000000000000010000000000000000200000000000000",
                0);
    }

    @Test
    void message_of_another_size_is_refused() throws Exception {
        Frames.refused(
                6,
                "100000000000000000000000000000",
                0,
                "DEVICE_GET_REGION_IO_FDS size is 0xf, expected 0x10");
        Frames.refused(
                6,
                "1000000000000000000000000000000000",
                0,
                "DEVICE_GET_REGION_IO_FDS size is 0x11, expected 0x10");
        Frames.refused(
                6,
                "0f000000000000000000000000000000",
                0,
                "DEVICE_GET_REGION_IO_FDS argsz is 0xf, the minimum is 0x10");
    }

    @Test
    void reserved_field_that_is_set_is_refused() throws Exception {
        Frames.refused(
                6,
                "10000000010000000000000000000000",
                0,
                "DEVICE_GET_REGION_IO_FDS flags must be zero");
        Frames.refused(
                6,
                "10000000000000000000000001000000",
                0,
                "DEVICE_GET_REGION_IO_FDS count must be zero");
        Frames.refused(
                6,
                "10000000000000000000000000000000",
                1,
                "DEVICE_GET_REGION_IO_FDS descriptor count is 1, the maximum is 0");
    }

    @Test
    void reply_has_no_descriptors() throws Exception {
        Frames.reply(
                6,
                new RegionIoFds(2),
                "3412060020000000010000000000000010000000000000000200000000000000");
    }
}
