package igdrom.vfiouser.wire;

import igdrom.bytes.Image;
import org.junit.jupiter.api.Test;

class DeviceFeatureTest {
    @Test
    void message_is_read_and_written_back() throws Exception {
        Frames.same(
                new DeviceFeature(16, 1, true, false, false, Image.EMPTY),
                0x1234,
                "341210001800000000000000000000001000000001000100",
                0);
        Frames.same(
                new DeviceFeature(16, 2, true, true, true, Image.ofHex("00")),
                0x1234,
                "34121000190000000000000000000000100000000200070000",
                0);
    }

    @Test
    void message_that_breaks_a_rule_is_refused() throws Exception {
        Frames.refused(16, "08000000", 0, "DEVICE_FEATURE size is 0x4, the minimum is 0x8");
        Frames.refused(
                16, "0700000001000100", 0, "DEVICE_FEATURE argsz is 0x7, the minimum is 0x8");
        Frames.refused(
                16,
                "0800000001000300",
                0,
                "DEVICE_FEATURE flags are 0x30001, expected exactly one of GET and SET");
        Frames.refused(
                16,
                "0800000001000800",
                0,
                "DEVICE_FEATURE flags are 0x80001, supported are 0x7ffff");
        Frames.refused(
                16,
                "0800000001000100",
                1,
                "DEVICE_FEATURE descriptor count is 1, the maximum is 0");
    }
}
