package igdrom.virtualigd;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Memory;

/// A DisplayPort monitor's end of the AUX channel: it has four lanes, is content with every link
/// training, and tells its EDID.
///
/// Spec: VESA DisplayPort 1.2, "AUX CH Services", "DisplayPort Configuration Data (DPCD)", "Link
/// Training".
///
/// Not thread-safe: the device has the lock.
final class DpSink {
    private static final int NATIVE = 8;
    private static final int READ = 1;
    private static final int MOST = 16;
    private static final int ACK = 0;
    private static final int I2C_NACK = 4 << 4;

    // Of DPCD only what begins the address space is kept, which is where all of this is.
    private static final int DPCD_SIZE = 0x1000;
    private static final int LINK_BW_SET = 0x100;
    private static final int TRAINING_PATTERN_SET = 0x102;
    private static final int SINK_COUNT = 0x200;
    private static final int LANE0_1_STATUS = 0x202;
    private static final int POWER = 0x600;

    private static final int CLOCK_RECOVERED = 0x11;
    private static final int TRAINED = 0x77;
    private static final int ALIGNED = 1;

    private final boolean there;
    private final DdcMonitor monitor;
    private final Memory dpcd = Memory.ofSize(DPCD_SIZE);

    /// @param edid empty when there is no monitor
    DpSink(Image edid) {
        there = !edid.isEmpty();
        monitor = new DdcMonitor(edid);
        // "Receiver Capability Field": 1.2, 5.4 Gbit/s, four lanes with enhanced framing, pattern
        // 3,
        // down-spread, no fast training, one receiver port, 8b/10b.
        dpcd.put(0, Image.ofHex("12 14 c4 81 01 00 01 00"));
        dpcd.putU8(SINK_COUNT, 1);
        dpcd.putU8(POWER, 1);
    }

    /// The reply to a message, empty when nobody answers.
    Image answer(Image message) {
        if (!there || message.size() < 3) {
            return Image.EMPTY;
        }
        int command = message.u8(0) >>> 4;
        int address = (message.u8(0) & 0xf) << 16 | message.u8(1) << 8 | message.u8(2);
        int count = message.size() > 3 ? (message.u8(3) & 0xf) + 1 : 0;
        Image data = message.size() > 4 ? message.from(4) : Image.EMPTY;
        if ((command & NATIVE) != 0) {
            return (command & READ) != 0 ? read(address, count) : write(address, data);
        }
        return wires(command, address & 0x7f, count, data);
    }

    private Image read(int address, int count) {
        Emitter out = new Emitter().u8(ACK);
        for (int i = 0; i < Math.min(count, MOST); i++) {
            out.u8(address + i < DPCD_SIZE ? dpcd.u8(address + i) : 0);
        }
        return out.toImage();
    }

    private Image write(int address, Image data) {
        for (int i = 0; i < data.size(); i++) {
            int at = address + i;
            // What the receiver can do is not for the source to say.
            if (at >= LINK_BW_SET && at < DPCD_SIZE && (at < SINK_COUNT || at >= POWER)) {
                dpcd.putU8(at, data.u8(i));
                if (at == TRAINING_PATTERN_SET) {
                    train(data.u8(i) & 3);
                }
            }
        }
        return new Emitter().u8(ACK).toImage();
    }

    /// With pattern 1 the clock is recovered, with the others the lanes are equalised. It stays so
    /// when training ends.
    private void train(int pattern) {
        if (pattern == 0) {
            return;
        }
        int lanes = pattern == 1 ? CLOCK_RECOVERED : TRAINED;
        dpcd.putU8(LANE0_1_STATUS, lanes);
        dpcd.putU8(LANE0_1_STATUS + 1, lanes);
        dpcd.putU8(LANE0_1_STATUS + 2, pattern == 1 ? 0 : ALIGNED);
    }

    /// The two wires of the monitor, carried by the channel.
    private Image wires(int command, int address, int count, Image data) {
        if (!monitor.answers(address)) {
            return new Emitter().u8(I2C_NACK).toImage();
        }
        monitor.start(address);
        Emitter out = new Emitter().u8(ACK);
        if ((command & READ) != 0) {
            for (int i = 0; i < Math.min(count, MOST); i++) {
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
