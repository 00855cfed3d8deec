package igdrom.virtualigd;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Image;
import igdrom.vfiouser.wire.DeviceReset;
import igdrom.vfiouser.wire.RefusedException;
import igdrom.vfiouser.wire.RegionRead;
import igdrom.vfiouser.wire.RegionWrite;
import java.io.IOException;

class AccessFuzzTest {
    /// Created once; each is reset before it is used again.
    private static final TestIgd[] DEVICES = {
        TestIgd.of("8086:0126"),
        TestIgd.of("8086:1616"),
        TestIgd.of("8086:3e92"),
        TestIgd.of("8086:7d55")
    };

    private static final int[] OFFSETS = {
        0x64110, 0x70000, 0xc5100, 0x64040, 0x45400, 0x138124, 0xa270, 0x800000
    };

    /// The first byte selects the device; then come 16 bytes for each access. The device replies to
    /// every access.
    @FuzzTest(maxDuration = "5s")
    void every_access_is_answered(byte[] data) throws IOException {
        if (data.length < 1) {
            return;
        }
        Image in = Image.of(data).from(1);
        TestIgd igd = DEVICES[data[0] & 3];
        igd.reset();
        for (int start = 0; start + 16 <= in.size(); start += 16) {
            int kind = in.u8(start);
            int region = in.u8(start + 1) & 7;
            long offset = in.u32(start + 2);
            if ((kind & 8) != 0) {
                offset = OFFSETS[(int) (offset & 7)] + (offset >>> 8 & 0x3f);
            }
            Image value = in.slice(start + 8, 1 << (kind >> 4 & 3));
            try {
                var access =
                        switch (kind & 7) {
                            case 0 -> new DeviceReset();
                            case 1, 2, 3 -> new RegionRead(offset, region, (int) value.size());
                            default -> new RegionWrite(offset, region, value);
                        };
                igd.device.handle(igd.device.layout().check(access));
            } catch (RefusedException _) {
                // The server refuses such an access.
            }
        }
        igd.device.picture(null);
        igd.device.activity();
    }
}
