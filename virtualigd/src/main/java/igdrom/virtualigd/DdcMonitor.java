package igdrom.virtualigd;

import igdrom.bytes.Image;

/// A monitor's end of the two wires: an EDID that is read, a byte that says from where.
///
/// Spec: VESA E-DDC 1.3, "DDC2 addresses".
final class DdcMonitor {
    static final int EDID_ADDRESS = 0x50;
    private static final int SEGMENT_ADDRESS = 0x30;
    private static final int SEGMENT = 256;

    private final Image edid;
    private int address;
    private int segment;
    private int offset;

    /// @param edid empty when there is no monitor
    DdcMonitor(Image edid) {
        this.edid = edid;
    }

    boolean answers(int address) {
        return !edid.isEmpty() && (address == EDID_ADDRESS || address == SEGMENT_ADDRESS);
    }

    void start(int to) {
        address = to;
    }

    int read() {
        long at = (long) segment * SEGMENT + offset;
        offset = (offset + 1) % SEGMENT;
        return at < edid.size() ? edid.u8(at) : 0xff;
    }

    void write(int value) {
        if (address == SEGMENT_ADDRESS) {
            segment = value & 0x7f;
        } else {
            offset = value;
        }
    }
}
