package igdrom.vfiouser.wire;

import org.junit.jupiter.api.Test;

class GetRegionIoFdsTest {
    @Test
    void reads() throws Exception {
        Frames.same(
                new GetRegionIoFds(16, 2),
                0x1234,
                "3412060020000000000000000000000010000000000000000200000000000000",
                0);
    }

    @Test
    void refuses_other_sizes() throws Exception {
        Frames.refused(
                6,
                "100000000000000000000000000000",
                0,
                "DEVICE_GET_REGION_IO_FDS has 0xf bytes, not 0x10");
        Frames.refused(
                6,
                "1000000000000000000000000000000000",
                0,
                "DEVICE_GET_REGION_IO_FDS has 0x11 bytes, not 0x10");
        Frames.refused(
                6,
                "0f000000000000000000000000000000",
                0,
                "DEVICE_GET_REGION_IO_FDS argsz is 0xf, 0x10 are needed");
    }

    @Test
    void refuses_what_must_be_zero() throws Exception {
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
                "DEVICE_GET_REGION_IO_FDS came with 1 descriptors, at most 0");
    }

    @Test
    void is_answered_with_none() throws Exception {
        Frames.reply(
                6,
                new RegionIoFds(2),
                "3412060020000000010000000000000010000000000000000200000000000000");
    }
}
