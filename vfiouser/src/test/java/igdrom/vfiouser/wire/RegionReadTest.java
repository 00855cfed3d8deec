package igdrom.vfiouser.wire;

import igdrom.bytes.Image;
import org.junit.jupiter.api.Test;

class RegionReadTest {
    @Test
    void message_is_read_and_written_back() throws Exception {
        Frames.same(
                new RegionRead(0x10, 7, 4),
                0x1234,
                "3412090020000000000000000000000010000000000000000700000004000000",
                0);
        Frames.same(
                new RegionRead(0, 7, 1 << 20),
                0x1234,
                "3412090020000000000000000000000000000000000000000700000000001000",
                0);
    }

    @Test
    void message_of_another_size_is_refused() throws Exception {
        Frames.refused(
                9, "100000000000000007000000040000", 0, "REGION_READ size is 0xf, expected 0x10");
        Frames.refused(
                9,
                "1000000000000000070000000400000000",
                0,
                "REGION_READ size is 0x11, expected 0x10");
        Frames.refused(
                9,
                "10000000000000000700000004000000",
                1,
                "REGION_READ descriptor count is 1, the maximum is 0");
    }

    @Test
    void invalid_count_is_refused() throws Exception {
        Frames.refused(
                9,
                "10000000000000000700000000000000",
                0,
                "REGION_READ count is 0, the minimum is 1");
        Frames.refused(
                9,
                "10000000000000000700000001001000",
                0,
                Errno.E2BIG,
                "REGION_READ count is 0x100001, the maximum is 0x100000");
        Frames.refused(
                9,
                "100000000000000007000000ffffffff",
                0,
                Errno.E2BIG,
                "REGION_READ count is 0xffffffff, the maximum is 0x100000");
        Frames.refused(
                9,
                "ffffffffffffffff0700000004000000",
                0,
                "REGION_READ range of 0x4 bytes at 0xffffffffffffffff is empty or wraps around");
    }

    @Test
    void reply_carries_the_data() throws Exception {
        Frames.reply(
                9,
                new RegionData(new RegionRead(0x10, 7, 4), Image.ofHex("04030201")),
                "341209002400000001000000000000001000000000000000070000000400000004030201");
    }

    @Test
    void refusal_carries_the_errno() throws Exception {
        Frames.reply(9, new Reply.Refused(Errno.EINVAL), "34120900100000002100000016000000");
    }
}
