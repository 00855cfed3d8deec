package igdrom.virtualigd;

import java.util.HashMap;
import java.util.Map;

/// The sideband of Bay Trail and Braswell (IOSF), which leads to the registers of units outside the
/// display: clocks, power and PHYs. A request is complete when the guest reads the doorbell.
///
/// Source: Linux, drivers/gpu/drm/i915/vlv_iosf_sb_reg.h, VLV_IOSF_DOORBELL_REQ: opcode in bits
/// 23:16, unit (port) in bits 15:8; VLV_IOSF_DATA and VLV_IOSF_ADDR follow it.
///
/// Not thread-safe: the device holds a lock.
final class Sideband {
    static final int DATA = 4;
    static final int ADDRESS = 8;

    /// The opcodes of reads are even, those of writes odd.
    ///
    /// Source: Linux, drivers/gpu/drm/i915/vlv_iosf_sb.c, SB_MRD_NP to SB_CRWRDA_NP.
    private static final int WRITE = 1 << 16;

    private static final int BUSY = 1;

    private final Map<Register, Register> followers;
    private final Map<Register, Integer> values = new HashMap<>();

    /// A register of a unit.
    record Register(int unit, int address) {}

    /// @param followers by register, the register that takes the same value
    Sideband(Map<Register, Register> followers) {
        this.followers = Map.copyOf(followers);
    }

    /// Carries out a request.
    ///
    /// @param offset of the doorbell
    void ring(SparseMemory registers, long offset, int request) {
        Register register = new Register(request >>> 8 & 0xff, registers.get(offset + ADDRESS));
        if ((request & WRITE) != 0) {
            int value = registers.get(offset + DATA);
            values.put(register, value);
            values.put(followers.getOrDefault(register, register), value);
        } else {
            registers.put(offset + DATA, values.getOrDefault(register, 0));
        }
        registers.put(offset, request & ~BUSY);
    }
}
