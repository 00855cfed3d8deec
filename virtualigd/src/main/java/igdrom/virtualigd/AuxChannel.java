package igdrom.virtualigd;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// A DisplayPort AUX channel: a control register followed by five data registers, which hold the
/// first byte in their highest bits. Every message is already answered when the guest reads the
/// status, but the first answer is DEFER.
///
/// Spec: Intel Graphics PRM (Skylake), Volume 2c, "DDI_AUX_CTL" and "DDI_AUX_DATA"; Source: Linux,
/// drivers/gpu/drm/i915/display/intel_dp_aux_regs.h.
///
/// Not thread-safe: the device holds a lock.
final class AuxChannel {
    private static final int BUSY = 1 << 31;
    private static final int DONE = 1 << 30;
    private static final int INTERRUPT = 1 << 29;
    private static final int TIMED_OUT = 1 << 28;
    private static final int RECEIVE_ERROR = 1 << 25;
    private static final int CLEARED = DONE | TIMED_OUT | RECEIVE_ERROR;
    private static final int SIZE_SHIFT = 20;
    private static final int SIZE_MASK = 0x1f;
    private static final int MAX_MESSAGE_SIZE = 20;

    private final DpSink sink;

    /// Whether the sink has asked once to be asked again, as every sink may.
    private boolean deferred;

    private final boolean connected;

    AuxChannel(Image edid) {
        this.connected = !edid.isEmpty();
        this.sink = new DpSink(edid);
    }

    /// Writes the control register, which may send the message in the data registers.
    ///
    /// @return whether a message was sent whose end is to interrupt the guest
    boolean control(SparseMemory registers, long offset, int written) {
        int status = registers.get(offset) & CLEARED & ~written;
        int rest = written & ~(BUSY | CLEARED);
        if ((written & BUSY) == 0) {
            registers.put(offset, rest | status);
            return false;
        }
        boolean interrupts = (written & INTERRUPT) != 0;
        int size = Math.min(written >>> SIZE_SHIFT & SIZE_MASK, MAX_MESSAGE_SIZE);
        Image message = data(registers, offset, size);
        Image reply = deferred || !connected ? sink.reply(message) : defer(message);
        deferred = true;
        if (reply.isEmpty()) {
            registers.put(offset, rest | DONE | TIMED_OUT);
            return interrupts;
        }
        for (int i = 0; i < reply.size(); i++) {
            long data = offset + 4 + (i & ~3);
            int shift = 24 - 8 * (i & 3);
            registers.put(data, (registers.get(data) & ~(0xff << shift)) | reply.u8(i) << shift);
        }
        rest &= ~(SIZE_MASK << SIZE_SHIFT);
        registers.put(offset, rest | DONE | (int) reply.size() << SIZE_SHIFT);
        return interrupts;
    }

    /// Spec: VESA DisplayPort Standard 1.2, "AUX Transaction Syntax": the reply to a native request
    /// and to an I2C request.
    private static Image defer(Image message) {
        boolean dpcd = !message.isEmpty() && (message.u8(0) & 0x80) != 0;
        return new Emitter().u8(dpcd ? 0x20 : 0x80).toImage();
    }

    private static Image data(SparseMemory registers, long offset, int size) {
        Emitter out = new Emitter();
        for (int i = 0; i < size; i++) {
            out.u8(registers.get(offset + 4 + (i & ~3)) >>> (24 - 8 * (i & 3)) & 0xff);
        }
        return out.toImage();
    }
}
