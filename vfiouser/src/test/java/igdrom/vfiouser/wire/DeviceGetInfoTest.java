package igdrom.vfiouser.wire;

import org.junit.jupiter.api.Test;

class DeviceGetInfoTest {
    @Test
    void reads() throws Exception {
        Frames.same(
                new DeviceGetInfo(16),
                0x1234,
                "3412040020000000000000000000000010000000000000000000000000000000",
                0);
    }

    @Test
    void refuses_other_sizes() throws Exception {
        Frames.refused(
                4, "100000000000000000000000000000", 0, "DEVICE_GET_INFO has 0xf bytes, not 0x10");
        Frames.refused(
                4,
                "1000000000000000000000000000000000",
                0,
                "DEVICE_GET_INFO has 0x11 bytes, not 0x10");
        Frames.refused(
                4,
                "0f000000000000000000000000000000",
                0,
                "DEVICE_GET_INFO argsz is 0xf, 0x10 are needed");
    }

    @Test
    void refuses_what_must_be_zero() throws Exception {
        Frames.refused(
                4,
                "10000000000000000000000001000000",
                0,
                "DEVICE_GET_INFO flags, num_regions and num_irqs must be zero");
        Frames.refused(
                4,
                "10000000000000000000000000000000",
                1,
                "DEVICE_GET_INFO came with 1 descriptors, at most 0");
    }

    @Test
    void is_answered_with_a_pci_device() throws Exception {
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
