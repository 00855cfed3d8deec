package igdrom.virtualigd;

import igdrom.bytes.Image;

/// The GMBUS controller (I2C), connected to the EDID of a monitor. Every transfer is already
/// complete when the guest reads the status.
///
/// Spec: Intel Graphics PRM (Skylake), Volume 2c, "GMBUS0" to "GMBUS5"; Source: Linux,
/// drivers/gpu/drm/i915/display/intel_gmbus_regs.h, v6.12.
///
/// Not thread-safe: the device holds a lock.
final class Gmbus {
    static final int SELECT = 0;
    static final int COMMAND = 1;
    static final int STATUS = 2;
    static final int DATA = 3;
    static final int MASK = 4;

    private static final int CLEAR = 1 << 31;
    private static final int READY = 1 << 30;
    private static final int CYCLE_STOP = 1 << 27;
    private static final int CYCLE_INDEX = 1 << 26;
    private static final int CYCLE_WAIT = 1 << 25;

    private static final int IN_USE = 1 << 15;
    private static final int HARDWARE_WAIT = 1 << 14;
    private static final int HARDWARE_READY = 1 << 11;
    private static final int NOT_ACKNOWLEDGED = 1 << 10;
    private static final int ACTIVE = 1 << 9;

    private final DdcMonitor monitor;
    private int select;
    private int command;
    private int mask;
    private boolean inUse;
    private boolean waiting;
    private boolean notAcknowledged;
    private boolean active;
    private int left;

    /// The data that was written before the command that sends it.
    private int unsent;

    Gmbus(Image edid) {
        this.monitor = new DdcMonitor(edid);
    }

    int read(int register) {
        return switch (register) {
            case SELECT -> select;
            case COMMAND -> command;
            case STATUS -> status();
            case DATA -> data();
            case MASK -> mask;
            default -> 0;
        };
    }

    /// Reading the status also claims the bus, as on hardware.
    private int status() {
        int status =
                (inUse ? IN_USE : 0)
                        | (waiting ? HARDWARE_WAIT : 0)
                        | (notAcknowledged ? NOT_ACKNOWLEDGED : HARDWARE_READY)
                        | (active ? ACTIVE : 0)
                        | left;
        inUse = true;
        return status;
    }

    private int data() {
        int value = 0;
        for (int i = 0; i < 4 && left > 0; i++) {
            value |= monitor.read() << (8 * i);
            left--;
        }
        settle();
        return value;
    }

    void write(int register, int value) {
        switch (register) {
            case SELECT -> {
                select = value;
                notAcknowledged = false;
            }
            case COMMAND -> command(value);
            case STATUS -> inUse &= (value & IN_USE) == 0;
            case DATA -> send(value);
            case MASK -> mask = value;
            default -> {}
        }
    }

    private void command(int value) {
        command = value;
        if ((value & CLEAR) != 0) {
            notAcknowledged = false;
            active = false;
            waiting = false;
            left = 0;
            return;
        }
        if ((value & READY) == 0) {
            return;
        }
        if ((value & (CYCLE_WAIT | CYCLE_INDEX)) == 0) {
            if ((value & CYCLE_STOP) != 0) {
                active = false;
                waiting = false;
                left = 0;
            }
            return;
        }
        boolean reading = (value & 1) != 0;
        left = value >>> 16 & 0x1ff;
        notAcknowledged = !monitor.acknowledges(value >>> 1 & 0x7f) || (select & 0x1f) == 0;
        active = !notAcknowledged;
        if (notAcknowledged) {
            left = 0;
            return;
        }
        monitor.start(value >>> 1 & 0x7f);
        if ((value & CYCLE_INDEX) != 0) {
            monitor.write(value >>> 8 & 0xff);
        }
        if (!reading && left > 0) {
            send(unsent);
        }
        settle();
    }

    private void send(int value) {
        unsent = value;
        if (!active || (command & 1) != 0) {
            return;
        }
        for (int i = 0; i < 4 && left > 0; i++) {
            monitor.write(value >>> (8 * i) & 0xff);
            left--;
        }
        settle();
    }

    /// After the last byte the bus either waits for the next command or is idle.
    private void settle() {
        if (left == 0 && active) {
            waiting = (command & CYCLE_STOP) == 0;
            active = waiting;
        }
    }
}
