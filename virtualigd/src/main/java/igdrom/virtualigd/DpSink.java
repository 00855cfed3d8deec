package igdrom.virtualigd;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Memory;

/// The DisplayPort monitor on an AUX channel: it has four lanes, accepts every link training, and
/// provides its EDID.
///
/// Spec: VESA DisplayPort 1.2, "AUX CH Services", "DisplayPort Configuration Data (DPCD)", "Link
/// Training".
///
/// Not thread-safe: the device holds a lock.
final class DpSink {
    private static final int NATIVE = 8;
    private static final int READ = 1;
    private static final int MAX_DATA_SIZE = 16;
    private static final int ACK = 0;
    private static final int I2C_NACK = 4 << 4;

    // Only the start of the DPCD address space is stored; it contains all of these.
    private static final int DPCD_SIZE = 0x1000;
    private static final int LINK_BW_SET = 0x100;
    private static final int TRAINING_PATTERN_SET = 0x102;
    private static final int SINK_COUNT = 0x200;
    private static final int LANE0_1_STATUS = 0x202;
    private static final int POWER = 0x600;

    private static final int CLOCK_RECOVERED = 0x11;
    private static final int TRAINED = 0x77;
    private static final int ALIGNED = 1;

    private final boolean connected;
    private final DdcMonitor monitor;
    private final Memory dpcd = Memory.ofSize(DPCD_SIZE);

    /// @param edid empty when there is no monitor
    DpSink(Image edid) {
        connected = !edid.isEmpty();
        monitor = new DdcMonitor(edid);
        // "Receiver Capability Field": 1.2, 5.4 Gbit/s, four lanes with enhanced framing,
        // pattern 3, down-spread, no fast training, one receiver port, 8b/10b.
        dpcd.put(0, Image.ofHex("12 14 c4 81 01 00 01 00"));
        dpcd.putU8(SINK_COUNT, 1);
        dpcd.putU8(POWER, 1);
    }

    /// The reply to a message, empty when no monitor is connected.
    Image reply(Image message) {
        if (!connected || message.size() < 3) {
            return Image.EMPTY;
        }
        int command = message.u8(0) >>> 4;
        int address = (message.u8(0) & 0xf) << 16 | message.u8(1) << 8 | message.u8(2);
        int count = message.size() > 3 ? (message.u8(3) & 0xf) + 1 : 0;
        Image data = message.size() > 4 ? message.from(4) : Image.EMPTY;
        if ((command & NATIVE) != 0) {
            return (command & READ) != 0 ? read(address, count) : write(address, data);
        }
        return i2c(command, address & 0x7f, count, data);
    }

    private Image read(int address, int count) {
        Emitter out = new Emitter().u8(ACK);
        for (int i = 0; i < Math.min(count, MAX_DATA_SIZE); i++) {
            out.u8(address + i < DPCD_SIZE ? dpcd.u8(address + i) : 0);
        }
        return out.toImage();
    }

    private Image write(int address, Image data) {
        for (int i = 0; i < data.size(); i++) {
            int offset = address + i;
            // The capability and status fields are read-only.
            if (offset >= LINK_BW_SET
                    && offset < DPCD_SIZE
                    && (offset < SINK_COUNT || offset >= POWER)) {
                dpcd.putU8(offset, data.u8(i));
                if (offset == TRAINING_PATTERN_SET) {
                    train(data.u8(i) & 3);
                }
            }
        }
        return new Emitter().u8(ACK).toImage();
    }

    /// Pattern 1 recovers the clock, the others equalise the lanes. The status remains when
    /// training ends.
    private void train(int pattern) {
        if (pattern == 0) {
            return;
        }
        int lanes = pattern == 1 ? CLOCK_RECOVERED : TRAINED;
        dpcd.putU8(LANE0_1_STATUS, lanes);
        dpcd.putU8(LANE0_1_STATUS + 1, lanes);
        dpcd.putU8(LANE0_1_STATUS + 2, pattern == 1 ? 0 : ALIGNED);
    }

    /// I2C over AUX: the DDC bus of the monitor.
    private Image i2c(int command, int address, int count, Image data) {
        if (!monitor.acknowledges(address)) {
            return new Emitter().u8(I2C_NACK).toImage();
        }
        monitor.start(address);
        Emitter out = new Emitter().u8(ACK);
        if ((command & READ) != 0) {
            for (int i = 0; i < Math.min(count, MAX_DATA_SIZE); i++) {
                out.u8(monitor.read());
            }
        } else {
            for (int i = 0; i < data.size(); i++) {
                monitor.write(data.u8(i));
            }
        }
        return out.toImage();
    }
}
