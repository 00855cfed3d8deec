package igdrom.virtualigd;

import igdrom.bytes.Image;

/// The monitor on a DDC (I2C) bus: an EDID to read, and the offset to read from.
///
/// Spec: VESA E-DDC 1.3, "DDC2 addresses".
final class DdcMonitor {
    static final int EDID_ADDRESS = 0x50;
    private static final int SEGMENT_ADDRESS = 0x30;
    private static final int SEGMENT_SIZE = 256;

    private final Image edid;
    private int address;
    private int segment;
    private int offset;

    /// @param edid empty when there is no monitor
    DdcMonitor(Image edid) {
        this.edid = edid;
    }

    boolean acknowledges(int address) {
        return !edid.isEmpty() && (address == EDID_ADDRESS || address == SEGMENT_ADDRESS);
    }

    void start(int address) {
        this.address = address;
    }

    int read() {
        long position = (long) segment * SEGMENT_SIZE + offset;
        offset = (offset + 1) % SEGMENT_SIZE;
        return position < edid.size() ? edid.u8(position) : 0xff;
    }

    void write(int value) {
        if (address == SEGMENT_ADDRESS) {
            segment = value & 0x7f;
        } else {
            offset = value;
        }
    }
}
