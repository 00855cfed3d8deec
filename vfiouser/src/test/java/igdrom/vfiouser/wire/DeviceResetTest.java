package igdrom.vfiouser.wire;

import org.junit.jupiter.api.Test;

class DeviceResetTest {
    @Test
    void reads() throws Exception {
        Frames.same(new DeviceReset(), 0x1234, "34120d00100000000000000000000000", 0);
    }

    @Test
    void refuses_bytes_and_descriptors() throws Exception {
        Frames.refused(13, "00", 0, "DEVICE_RESET has 0x1 bytes, not 0x0");
        Frames.refused(13, "", 1, "DEVICE_RESET came with 1 descriptors, at most 0");
    }
}
