package igdrom.vfiouser.wire;

import igdrom.bytes.Image;
import org.junit.jupiter.api.Test;

class RegionWriteTest {
    @Test
    void message_is_read_and_written_back() throws Exception {
        Frames.same(
                new RegionWrite(0x10, 7, Image.ofHex("04030201")),
                0x1234,
                "34120a002400000000000000000000001000000000000000070000000400000004030201",
                0);
    }

    @Test
    void message_of_another_size_is_refused() throws Exception {
        Frames.refused(
                10,
                "100000000000000007000000040000",
                0,
                "REGION_WRITE size is 0xf, the minimum is 0x10");
        Frames.refused(
                10,
                "10000000000000000700000004000000040302",
                0,
                "REGION_WRITE size is 0x13, expected 0x14");
        Frames.refused(
                10,
                "100000000000000007000000040000000403020100",
                0,
                "REGION_WRITE size is 0x15, expected 0x14");
        Frames.refused(
                10,
                "1000000000000000070000000400000004030201",
                1,
                "REGION_WRITE descriptor count is 1, the maximum is 0");
    }

    @Test
    void invalid_count_is_refused() throws Exception {
        Frames.refused(
                10,
                "10000000000000000700000000000000",
                0,
                "REGION_WRITE count is 0, the minimum is 1");
        Frames.refused(
                10,
                "10000000000000000700000001001000",
                0,
                Errno.E2BIG,
                "REGION_WRITE count is 0x100001, the maximum is 0x100000");
        Frames.refused(
                10,
                "fdffffffffffffff070000000400000004030201",
                0,
                "REGION_WRITE range of 0x4 bytes at 0xfffffffffffffffd is empty or wraps around");
    }

    @Test
    void reply_carries_no_data() throws Exception {
        Frames.reply(
                10,
                RegionWritten.of(new RegionWrite(0x10, 7, Image.ofHex("04030201"))),
                "34120a0020000000010000000000000010000000000000000700000004000000");
    }
}
