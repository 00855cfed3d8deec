package igdrom.vfiouser.wire;

import org.junit.jupiter.api.Test;

class DmaMapTest {
    @Test
    void reads_memory_with_a_descriptor() throws Exception {
        Frames.same(
                new DmaMap(true, true, 0xc0000, 0x100000, 0x7ff00000L, true),
                0x1234,
                "34120200300000000000000000000000200000000300000000000c000000000000001000000000000000f07f00000000",
                1);
    }

    @Test
    void reads_memory_without_a_descriptor() throws Exception {
        Frames.same(
                new DmaMap(true, false, 0, 0xc0000, 0x20000, false),
                0x1234,
                "341202003000000000000000000000002000000001000000000000000000000000000c00000000000000020000000000",
                0);
    }

    @Test
    void memory_up_to_the_last_address_is_fine() throws Exception {
        Frames.same(
                new DmaMap(true, true, 0, -4096, 4096, false),
                0x1234,
                "341202003000000000000000000000002000000003000000000000000000000000f0ffffffffffff0010000000000000",
                0);
    }

    @Test
    void refuses_other_sizes() throws Exception {
        Frames.refused(
                2,
                "2000000003000000000000000000000000001000000000000000f07f000000",
                0,
                "DMA_MAP has 0x1f bytes, not 0x20");
        Frames.refused(
                2,
                "2000000003000000000000000000000000001000000000000000f07f0000000000",
                0,
                "DMA_MAP has 0x21 bytes, not 0x20");
        Frames.refused(
                2,
                "1f00000003000000000000000000000000001000000000000000f07f00000000",
                0,
                "DMA_MAP argsz is 0x1f, not 0x20");
    }

    @Test
    void refuses_unknown_flags() throws Exception {
        Frames.refused(
                2,
                "2000000004000000000000000000000000001000000000000000f07f00000000",
                0,
                "DMA_MAP flags are 0x4, known are 0x3");
    }

    @Test
    void refuses_two_descriptors() throws Exception {
        Frames.refused(
                2,
                "2000000003000000000000000000000000001000000000000000f07f00000000",
                2,
                "DMA_MAP came with 2 descriptors, at most 1");
    }

    @Test
    void refuses_ranges_that_wrap_around() throws Exception {
        Frames.refused(
                2,
                "2000000003000000000000000000000000f0ffffffffffff0110000000000000",
                0,
                "DMA_MAP has an impossible range, 0x1001 bytes at 0xfffffffffffff000");
        Frames.refused(
                2,
                "2000000003000000000000000000000000001000000000000000000000000000",
                0,
                "DMA_MAP has an impossible range, 0x0 bytes at 0x100000");
    }

    @Test
    void refuses_offsets_that_no_file_has() throws Exception {
        Frames.refused(
                2,
                "2000000003000000000000000000008000001000000000000000f07f00000000",
                1,
                "DMA_MAP leaves the file, 0x7ff00000 bytes at 0x8000000000000000");
        Frames.refused(
                2,
                "200000000300000000f0ffffffffff7f00001000000000000000f07f00000000",
                1,
                "DMA_MAP leaves the file, 0x7ff00000 bytes at 0x7ffffffffffff000");
        Frames.refused(
                2,
                "2000000003000000001000000000000000001000000000000000f07f00000000",
                0,
                "DMA_MAP offset is 0x1000 without a descriptor");
    }

    @Test
    void is_answered_with_a_header() throws Exception {
        Frames.reply(2, new Reply.Done(), "34120200100000000100000000000000");
        Frames.reply(2, new Reply.Refused(Errno.EEXIST), "34120200100000002100000011000000");
    }
}
