package igdrom.firmware.gop;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.formats.pci.PciId;

class GopFuzzTest {
    private static final Location LOCATION = Location.root("fuzz");
    private static final PciId DEVICE = PciId.intel(0x46d4);

    /// Any bytes are examined without an exception, and a GOP found in them can be queried.
    @FuzzTest
    void examines(byte[] data) {
        Gop.examine(Image.of(data), LOCATION, new Diagnostics())
                .ifPresent(gop -> {
                    gop.sha256();
                    gop.support(DEVICE);
                });
    }
}
