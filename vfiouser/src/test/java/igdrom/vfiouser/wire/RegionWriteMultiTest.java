package igdrom.vfiouser.wire;

import igdrom.bytes.Image;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegionWriteMultiTest {
    @Test
    void message_is_read_and_written_back() throws Exception {
        Frames.same(
                new RegionWriteMulti(
                        List.of(
                                new RegionWrite(0x10, 0, Image.ofHex("04030201")),
                                new RegionWrite(0x20, 2, Image.ofHex("0807060504030201")))),
                0x1234,
                "34120f004800000000000000000000000200000000000000100000000000000000000000040000000403020100000000200000000000000002000000080000000807060504030201",
                0);
    }

    @Test
    void message_of_another_size_is_refused() throws Exception {
        Frames.refused(15, "00", 0, "REGION_WRITE_MULTI size is 0x1, the minimum is 0x8");
        Frames.refused(
                15,
                "02000000000000001000000000000000000000000400000004030201000000002000000000000000020000000800000008070605040302",
                0,
                "REGION_WRITE_MULTI size is 0x37, expected 0x38");
        Frames.refused(
                15,
                "020000000000000010000000000000000000000004000000040302010000000020000000000000000200000008000000080706050403020100",
                0,
                "REGION_WRITE_MULTI size is 0x39, expected 0x38");
        Frames.refused(
                15,
                "0200000000000000100000000000000000000000040000000403020100000000200000000000000002000000080000000807060504030201",
                1,
                "REGION_WRITE_MULTI descriptor count is 1, the maximum is 0");
    }

    @Test
    void invalid_count_is_refused() throws Exception {
        Frames.refused(
                15,
                "0000000000000000",
                0,
                "REGION_WRITE_MULTI wr_cnt is 0x0, expected 1 to 0x1000");
        Frames.refused(
                15,
                "0110000000000000",
                0,
                "REGION_WRITE_MULTI wr_cnt is 0x1001, expected 1 to 0x1000");
        Frames.refused(
                15,
                "ffffffffffffffff",
                0,
                "REGION_WRITE_MULTI wr_cnt is 0xffffffffffffffff, expected 1 to 0x1000");
        Frames.refused(
                15,
                "0100000000000000000000000000000000000000090000000000000000000000",
                0,
                "REGION_WRITE_MULTI count of write 0 is 0x9, expected 1 to 8");
        Frames.refused(
                15,
                "0100000000000000000000000000000000000000000000000000000000000000",
                0,
                "REGION_WRITE_MULTI count of write 0 is 0x0, expected 1 to 8");
        Frames.refused(
                15,
                "0100000000000000ffffffffffffffff00000000040000000000000000000000",
                0,
                "REGION_WRITE_MULTI range of 0x4 bytes at 0xffffffffffffffff is empty or wraps"
                        + " around");
    }

    @Test
    void reply_gives_the_count() throws Exception {
        Frames.reply(15, new RegionsWritten(2), "34120f001800000001000000000000000200000000000000");
    }
}
