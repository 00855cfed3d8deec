package igdrom.vfiouser.wire;

import igdrom.bytes.Image;
import org.junit.jupiter.api.Test;

class RegionWriteTest {
    @Test
    void reads() throws Exception {
        Frames.same(
                new RegionWrite(0x10, 7, Image.ofHex("04030201")),
                0x1234,
                "34120a002400000000000000000000001000000000000000070000000400000004030201",
                0);
    }

    @Test
    void refuses_other_sizes() throws Exception {
        Frames.refused(
                10,
                "100000000000000007000000040000",
                0,
                "REGION_WRITE has 0xf bytes, 0x10 are needed");
        Frames.refused(
                10,
                "10000000000000000700000004000000040302",
                0,
                "REGION_WRITE has 0x13 bytes, not 0x14");
        Frames.refused(
                10,
                "100000000000000007000000040000000403020100",
                0,
                "REGION_WRITE has 0x15 bytes, not 0x14");
        Frames.refused(
                10,
                "1000000000000000070000000400000004030201",
                1,
                "REGION_WRITE came with 1 descriptors, at most 0");
    }

    @Test
    void refuses_other_counts() throws Exception {
        Frames.refused(10, "10000000000000000700000000000000", 0, "REGION_WRITE count is 0");
        Frames.refused(
                10,
                "10000000000000000700000001001000",
                0,
                Errno.E2BIG,
                "REGION_WRITE count is 0x100001, the most is 0x100000");
        Frames.refused(
                10,
                "fdffffffffffffff070000000400000004030201",
                0,
                "REGION_WRITE has an impossible range, 0x4 bytes at 0xfffffffffffffffd");
    }

    @Test
    void is_answered_without_data() throws Exception {
        Frames.reply(
                10,
                RegionWritten.of(new RegionWrite(0x10, 7, Image.ofHex("04030201"))),
                "34120a0020000000010000000000000010000000000000000700000004000000");
    }
}
