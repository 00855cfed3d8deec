package igdrom.virtualigd;

/// A DisplayPort AUX channel to which nothing is connected: every message times out.
///
/// Spec: Intel Graphics PRM (Skylake), Volume 2c, "DDI_AUX_CTL"; Source: Linux,
/// drivers/gpu/drm/i915/display/intel_dp_aux_regs.h, v6.12.
///
/// Not thread-safe: the device has the lock.
final class AuxChannel {
    private static final int BUSY = 1 << 31;
    private static final int DONE = 1 << 30;
    private static final int TIMED_OUT = 1 << 28;
    private static final int RECEIVE_ERROR = 1 << 25;
    private static final int CLEARED = DONE | TIMED_OUT | RECEIVE_ERROR;

    private AuxChannel() {}

    /// What the control register holds after a write.
    static int control(int held, int written) {
        int status = held & CLEARED & ~written;
        int rest = written & ~(BUSY | CLEARED);
        return (written & BUSY) != 0 ? rest | DONE | TIMED_OUT : rest | status;
    }
}
