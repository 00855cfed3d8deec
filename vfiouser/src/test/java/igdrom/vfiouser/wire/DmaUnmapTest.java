package igdrom.vfiouser.wire;

import org.junit.jupiter.api.Test;

class DmaUnmapTest {
    @Test
    void message_is_read_and_written_back() throws Exception {
        Frames.same(
                new DmaUnmap(24, 0xc0000, 0x20000, false),
                0x1234,
                "34120300280000000000000000000000180000000000000000000c00000000000000020000000000",
                0);
    }

    @Test
    void unmap_of_all_memory_is_read() throws Exception {
        Frames.same(
                new DmaUnmap(24, 0, 0, true),
                0x1234,
                "34120300280000000000000000000000180000000200000000000000000000000000000000000000",
                0);
    }

    @Test
    void message_of_another_size_is_refused() throws Exception {
        Frames.refused(
                3,
                "180000000000000000000c000000000000000200000000",
                0,
                "DMA_UNMAP size is 0x17, expected 0x18");
        Frames.refused(
                3,
                "180000000000000000000c0000000000000002000000000000",
                0,
                "DMA_UNMAP size is 0x19, expected 0x18");
        Frames.refused(
                3,
                "170000000000000000000c00000000000000020000000000",
                0,
                "DMA_UNMAP argsz is 0x17, the minimum is 0x18");
    }

    @Test
    void unsupported_flags_and_descriptors_are_refused() throws Exception {
        Frames.refused(
                3,
                "180000000100000000000c00000000000000020000000000",
                0,
                "DMA_UNMAP flags are 0x1, supported are 0x2");
        Frames.refused(
                3,
                "180000000000000000000c00000000000000020000000000",
                1,
                "DMA_UNMAP descriptor count is 1, the maximum is 0");
    }

    @Test
    void invalid_range_is_refused() throws Exception {
        Frames.refused(
                3,
                "180000000000000000000c00000000000000000000000000",
                0,
                "DMA_UNMAP range of 0x0 bytes at 0xc0000 is empty or wraps around");
        Frames.refused(
                3,
                "180000000200000000000c00000000000000020000000000",
                0,
                "DMA_UNMAP address and size of an unmap of all memory must be zero");
    }

    @Test
    void reply_repeats_the_request() throws Exception {
        Frames.reply(
                3,
                new DmaUnmap(24, 0xc0000, 0x20000, false),
                "34120300280000000100000000000000180000000000000000000c00000000000000020000000000");
    }
}
