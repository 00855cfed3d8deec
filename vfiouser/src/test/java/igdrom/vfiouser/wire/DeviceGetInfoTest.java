package igdrom.vfiouser.wire;

import org.junit.jupiter.api.Test;

class DeviceGetInfoTest {
    @Test
    void message_is_read_and_written_back() throws Exception {
        Frames.same(
                new DeviceGetInfo(16),
                0x1234,
                "3412040020000000000000000000000010000000000000000000000000000000",
                0);
    }

    @Test
    void message_of_another_size_is_refused() throws Exception {
        Frames.refused(
                4,
                "100000000000000000000000000000",
                0,
                "DEVICE_GET_INFO size is 0xf, expected 0x10");
        Frames.refused(
                4,
                "1000000000000000000000000000000000",
                0,
                "DEVICE_GET_INFO size is 0x11, expected 0x10");
        Frames.refused(
                4,
                "0f000000000000000000000000000000",
                0,
                "DEVICE_GET_INFO argsz is 0xf, the minimum is 0x10");
    }

    @Test
    void reserved_field_that_is_set_is_refused() throws Exception {
        Frames.refused(
                4,
                "10000000000000000000000001000000",
                0,
                "DEVICE_GET_INFO flags, num_regions and num_irqs must be zero");
        Frames.refused(
                4,
                "10000000000000000000000000000000",
                1,
                "DEVICE_GET_INFO descriptor count is 1, the maximum is 0");
    }

    @Test
    void reply_describes_a_pci_device() throws Exception {
        Frames.reply(
                4,
                new DeviceInfo(true, 9, 5),
                "3412040020000000010000000000000010000000030000000900000005000000");
        Frames.reply(
                4,
                new DeviceInfo(false, 9, 5),
                "3412040020000000010000000000000010000000020000000900000005000000");
    }
}
