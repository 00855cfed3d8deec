package igdrom.vfiouser.wire;

import org.junit.jupiter.api.Test;

class DmaMapTest {
    @Test
    void map_with_a_descriptor_is_read() throws Exception {
        Frames.same(
                new DmaMap(true, true, 0xc0000, 0x100000, 0x7ff00000L, true),
                0x1234,
                "34120200300000000000000000000000200000000300000000000c000000000000001000000000000000f07f00000000",
                1);
    }

    @Test
    void map_without_a_descriptor_is_read() throws Exception {
        Frames.same(
                new DmaMap(true, false, 0, 0xc0000, 0x20000, false),
                0x1234,
                "341202003000000000000000000000002000000001000000000000000000000000000c00000000000000020000000000",
                0);
    }

    @Test
    void range_may_end_at_the_last_address() throws Exception {
        Frames.same(
                new DmaMap(true, true, 0, -4096, 4096, false),
                0x1234,
                "341202003000000000000000000000002000000003000000000000000000000000f0ffffffffffff0010000000000000",
                0);
    }

    @Test
    void message_of_another_size_is_refused() throws Exception {
        Frames.refused(
                2,
                "2000000003000000000000000000000000001000000000000000f07f000000",
                0,
                "DMA_MAP size is 0x1f, expected 0x20");
        Frames.refused(
                2,
                "2000000003000000000000000000000000001000000000000000f07f0000000000",
                0,
                "DMA_MAP size is 0x21, expected 0x20");
        Frames.refused(
                2,
                "1f00000003000000000000000000000000001000000000000000f07f00000000",
                0,
                "DMA_MAP argsz is 0x1f, expected 0x20");
    }

    @Test
    void unsupported_flags_are_refused() throws Exception {
        Frames.refused(
                2,
                "2000000004000000000000000000000000001000000000000000f07f00000000",
                0,
                "DMA_MAP flags are 0x4, supported are 0x3");
    }

    @Test
    void second_descriptor_is_refused() throws Exception {
        Frames.refused(
                2,
                "2000000003000000000000000000000000001000000000000000f07f00000000",
                2,
                "DMA_MAP descriptor count is 2, the maximum is 1");
    }

    @Test
    void range_that_wraps_around_is_refused() throws Exception {
        Frames.refused(
                2,
                "2000000003000000000000000000000000f0ffffffffffff0110000000000000",
                0,
                "DMA_MAP range of 0x1001 bytes at 0xfffffffffffff000 is empty or wraps around");
        Frames.refused(
                2,
                "2000000003000000000000000000000000001000000000000000000000000000",
                0,
                "DMA_MAP range of 0x0 bytes at 0x100000 is empty or wraps around");
    }

    @Test
    void offset_beyond_any_file_is_refused() throws Exception {
        Frames.refused(
                2,
                "2000000003000000000000000000008000001000000000000000f07f00000000",
                1,
                "DMA_MAP range of 0x7ff00000 bytes at file offset 0x8000000000000000 exceeds the"
                        + " largest file");
        Frames.refused(
                2,
                "200000000300000000f0ffffffffff7f00001000000000000000f07f00000000",
                1,
                "DMA_MAP range of 0x7ff00000 bytes at file offset 0x7ffffffffffff000 exceeds the"
                        + " largest file");
        Frames.refused(
                2,
                "2000000003000000001000000000000000001000000000000000f07f00000000",
                0,
                "DMA_MAP offset is 0x1000, expected 0 without a descriptor");
    }

    @Test
    void reply_is_a_header() throws Exception {
        Frames.reply(2, new Reply.Done(), "34120200100000000100000000000000");
        Frames.reply(2, new Reply.Refused(Errno.EEXIST), "34120200100000002100000011000000");
    }
}
