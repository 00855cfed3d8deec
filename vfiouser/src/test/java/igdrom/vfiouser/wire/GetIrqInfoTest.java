package igdrom.vfiouser.wire;

import org.junit.jupiter.api.Test;

class GetIrqInfoTest {
    @Test
    void reads() throws Exception {
        Frames.same(
                new GetIrqInfo(16, 2),
                0x1234,
                "3412070020000000000000000000000010000000000000000200000000000000",
                0);
    }

    @Test
    void refuses_other_sizes() throws Exception {
        Frames.refused(
                7,
                "100000000000000000000000000000",
                0,
                "DEVICE_GET_IRQ_INFO has 0xf bytes, not 0x10");
        Frames.refused(
                7,
                "1000000000000000000000000000000000",
                0,
                "DEVICE_GET_IRQ_INFO has 0x11 bytes, not 0x10");
        Frames.refused(
                7,
                "0f000000000000000000000000000000",
                0,
                "DEVICE_GET_IRQ_INFO argsz is 0xf, 0x10 are needed");
    }

    @Test
    void refuses_what_must_be_zero() throws Exception {
        Frames.refused(
                7, "10000000010000000000000000000000", 0, "DEVICE_GET_IRQ_INFO flags must be zero");
        Frames.refused(
                7, "10000000000000000000000001000000", 0, "DEVICE_GET_IRQ_INFO count must be zero");
        Frames.refused(
                7,
                "10000000000000000000000000000000",
                1,
                "DEVICE_GET_IRQ_INFO came with 1 descriptors, at most 0");
    }

    @Test
    void is_answered_with_its_kind() throws Exception {
        Frames.reply(
                7,
                IrqInfo.intx(),
                "3412070020000000010000000000000010000000070000000000000001000000");
        Frames.reply(
                7,
                IrqInfo.messages(IrqInfo.MSI, 4),
                "3412070020000000010000000000000010000000090000000100000004000000");
        Frames.reply(
                7,
                IrqInfo.none(3),
                "3412070020000000010000000000000010000000000000000300000000000000");
    }
}
