package igdrom.vfiouser.wire;

import igdrom.bytes.Image;
import org.junit.jupiter.api.Test;

class MigrationTest {
    @Test
    void message_is_read_and_written_back() throws Exception {
        Frames.same(
                new MigrationRead(64, 56),
                0x1234,
                "341211001800000000000000000000004000000038000000",
                0);
        Frames.same(
                new MigrationWrite(10, Image.ofHex("0102")),
                0x1234,
                "341212001a00000000000000000000000a000000020000000102",
                0);
    }

    @Test
    void message_that_breaks_a_rule_is_refused() throws Exception {
        Frames.refused(17, "40000000", 0, "MIG_DATA_READ size is 0x4, expected 0x8");
        Frames.refused(
                17,
                "40000000ffffffff",
                0,
                Errno.E2BIG,
                "MIG_DATA_READ count is 0xffffffff, the maximum is 0x100000");
        Frames.refused(18, "40000000", 0, "MIG_DATA_WRITE size is 0x4, the minimum is 0x8");
        Frames.refused(18, "0a0000000200000001", 0, "MIG_DATA_WRITE size is 0x9, expected 0xa");
    }
}
