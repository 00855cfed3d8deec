package igdrom.vfiouser.wire;

import org.junit.jupiter.api.Test;

class DmaUnmapTest {
    @Test
    void reads() throws Exception {
        Frames.same(
                new DmaUnmap(24, 0xc0000, 0x20000, false),
                0x1234,
                "34120300280000000000000000000000180000000000000000000c00000000000000020000000000",
                0);
    }

    @Test
    void reads_all() throws Exception {
        Frames.same(
                new DmaUnmap(24, 0, 0, true),
                0x1234,
                "34120300280000000000000000000000180000000200000000000000000000000000000000000000",
                0);
    }

    @Test
    void refuses_other_sizes() throws Exception {
        Frames.refused(
                3,
                "180000000000000000000c000000000000000200000000",
                0,
                "DMA_UNMAP has 0x17 bytes, not 0x18");
        Frames.refused(
                3,
                "180000000000000000000c0000000000000002000000000000",
                0,
                "DMA_UNMAP has 0x19 bytes, not 0x18");
        Frames.refused(
                3,
                "170000000000000000000c00000000000000020000000000",
                0,
                "DMA_UNMAP argsz is 0x17, 0x18 are needed");
    }

    @Test
    void refuses_flags_and_descriptors() throws Exception {
        Frames.refused(
                3,
                "180000000100000000000c00000000000000020000000000",
                0,
                "DMA_UNMAP flags are 0x1, known are 0x2");
        Frames.refused(
                3,
                "180000000000000000000c00000000000000020000000000",
                1,
                "DMA_UNMAP came with 1 descriptors, at most 0");
    }

    @Test
    void refuses_impossible_ranges() throws Exception {
        Frames.refused(
                3,
                "180000000000000000000c00000000000000000000000000",
                0,
                "DMA_UNMAP has an impossible range, 0x0 bytes at 0xc0000");
        Frames.refused(
                3,
                "180000000200000000000c00000000000000020000000000",
                0,
                "DMA_UNMAP address and size of all must be zero");
    }

    @Test
    void is_answered_with_itself() throws Exception {
        Frames.reply(
                3,
                new DmaUnmap(24, 0xc0000, 0x20000, false),
                "34120300280000000100000000000000180000000000000000000c00000000000000020000000000");
    }
}
