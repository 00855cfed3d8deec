package igdrom.vfiouser.wire;

import igdrom.bytes.Image;
import org.junit.jupiter.api.Test;

class MigrationTest {
    @Test
    void reads() throws Exception {
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
    void refuses() throws Exception {
        Frames.refused(17, "40000000", 0, "MIG_DATA_READ has 0x4 bytes, not 0x8");
        Frames.refused(
                17,
                "40000000ffffffff",
                0,
                Errno.E2BIG,
                "MIG_DATA_READ count is 0xffffffff, the most is 0x100000");
        Frames.refused(18, "40000000", 0, "MIG_DATA_WRITE has 0x4 bytes, 0x8 are needed");
        Frames.refused(18, "0a0000000200000001", 0, "MIG_DATA_WRITE has 0x9 bytes, not 0xa");
    }
}
