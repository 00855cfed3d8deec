package igdrom.vfiouser.wire;

import org.junit.jupiter.api.Test;

class GetIrqInfoTest {
    @Test
    void message_is_read_and_written_back() throws Exception {
        Frames.same(
                new GetIrqInfo(16, 2),
                0x1234,
                "3412070020000000000000000000000010000000000000000200000000000000",
                0);
    }

    @Test
    void message_of_another_size_is_refused() throws Exception {
        Frames.refused(
                7,
                "100000000000000000000000000000",
                0,
                "DEVICE_GET_IRQ_INFO size is 0xf, expected 0x10");
        Frames.refused(
                7,
                "1000000000000000000000000000000000",
                0,
                "DEVICE_GET_IRQ_INFO size is 0x11, expected 0x10");
        Frames.refused(
                7,
                "0f000000000000000000000000000000",
                0,
                "DEVICE_GET_IRQ_INFO argsz is 0xf, the minimum is 0x10");
    }

    @Test
    void reserved_field_that_is_set_is_refused() throws Exception {
        Frames.refused(
                7, "10000000010000000000000000000000", 0, "DEVICE_GET_IRQ_INFO flags must be zero");
        Frames.refused(
                7, "10000000000000000000000001000000", 0, "DEVICE_GET_IRQ_INFO count must be zero");
        Frames.refused(
                7,
                "10000000000000000000000000000000",
                1,
                "DEVICE_GET_IRQ_INFO descriptor count is 1, the maximum is 0");
    }

    @Test
    void reply_describes_the_index() throws Exception {
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
