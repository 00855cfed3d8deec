package igdrom.vfiouser.wire;

import org.junit.jupiter.api.Test;

class DeviceResetTest {
    @Test
    void message_is_read_and_written_back() throws Exception {
        Frames.same(new DeviceReset(), 0x1234, "34120d00100000000000000000000000", 0);
    }

    @Test
    void body_and_descriptors_are_refused() throws Exception {
        Frames.refused(13, "00", 0, "DEVICE_RESET size is 0x1, expected 0x0");
        Frames.refused(13, "", 1, "DEVICE_RESET descriptor count is 1, the maximum is 0");
    }
}
