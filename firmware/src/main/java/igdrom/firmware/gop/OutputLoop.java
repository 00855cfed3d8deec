package igdrom.firmware.gop;

import igdrom.bytes.Image;
import igdrom.formats.pe.Executable;
import igdrom.formats.pe.Machine;
import igdrom.formats.pe.SectionHeader;

/// Finds the size that a driver assumes for a VBT's output entries, by the loop over them. The size
/// is compiled into the driver, which ignores the size that the VBT states.
///
/// Observed: in 16 X64 drivers from Broadwell to Meteor Lake, which are all but Cherry Trail's, the
/// loop reads the 16 bits of the device type, 10 bytes after the block's start, and adds the size
/// to its index before it jumps back:
///
/// | X64 | |
/// | --- | --- |
/// | `movzx ecx, word ptr [rax + rbp + 0xa]` | block, index |
/// | … | |
/// | `add rbp, 39` | |
/// | `cmp r14d, 10` | |
/// | `jb …` | to the load, or a few bytes before it |
final class OutputLoop {
    /// Spec: Intel SDM Volume 2, "MOVZX" (0F B7 /r), "ADD" (83 /0 ib), "Jcc" (0F 8x cd), "32-Bit
    /// Addressing Forms with the SIB Byte".
    private static final Image LOAD = Image.ofHex("0fb7");

    private static final int TYPE_OFFSET = 10;
    private static final int MIN_ENTRY_BYTES = 22;
    private static final int MAX_ENTRY_BYTES = 64;
    private static final int MAX_LOOP_BYTES = 0x900;

    /// Bounds the time of the search. Observed: no driver has a quarter of this.
    private static final long MAX_CODE_BYTES = 1 << 20;

    /// The maximum distance from the addition to the jump, and from the jump's target to the load.
    private static final int MAX_DISTANCE = 20;

    /// Lengths of the two instructions.
    private static final int ADD_BYTES = 4;

    private static final int JUMP_BYTES = 6;

    private OutputLoop() {}

    /// The size in bytes; 0 when there is no such loop or when two loops differ.
    static int find(Executable executable) {
        if (!executable.machine().equals(Machine.X64)) {
            return 0;
        }
        int found = 0;
        for (SectionHeader section : executable.sections()) {
            Image code = executable.data(section);
            long end = code.size() > MAX_CODE_BYTES ? -1 : code.size() - 5;
            for (long at = code.indexOf(LOAD, 1);
                    at >= 0 && at <= end;
                    at = code.indexOf(LOAD, at + 1)) {
                int size = entrySize(code, at);
                if (size != 0 && found != 0 && size != found) {
                    return 0;
                }
                found = size == 0 ? found : size;
            }
        }
        return found;
    }

    /// The size that is added at the end of the loop with this load, or 0.
    private static int entrySize(Image code, long load) {
        int sib = code.u8(load + 3);
        boolean indexed = (code.u8(load + 2) & 0xc7) == 0x44 && sib < 0x40 && (sib & 0x38) != 0x20;
        if (!indexed || code.u8(load + 4) != TYPE_OFFSET) {
            return 0;
        }
        int before = code.u8(load - 1);
        int rex = before >>> 4 == 4 ? before : 0;
        int base = (sib & 7) | (rex & 1) << 3;
        int index = (sib >>> 3 & 7) | (rex & 2) << 2;
        long end =
                Math.min(
                        load + MAX_LOOP_BYTES, code.size() - ADD_BYTES - MAX_DISTANCE - JUMP_BYTES);
        for (long at = load; at < end; at++) {
            if ((code.u8(at) & 0xfe) == 0x48
                    && code.u8(at + 1) == 0x83
                    && code.u8(at + 2) >>> 3 == 0x18) {
                int register = (code.u8(at + 2) & 7) | (code.u8(at) & 1) << 3;
                int size = code.u8(at + 3);
                if ((register == base || register == index)
                        && size >= MIN_ENTRY_BYTES
                        && size <= MAX_ENTRY_BYTES
                        && jumpsTo(code, at + ADD_BYTES, load)) {
                    return size;
                }
            }
        }
        return 0;
    }

    private static boolean jumpsTo(Image code, long from, long load) {
        for (long at = from; at < from + MAX_DISTANCE; at++) {
            if (code.u8(at) == 0x0f && code.u8(at + 1) >>> 4 == 8) {
                long target = at + JUMP_BYTES + (int) code.u32(at + 2);
                if (target <= load && target > load - MAX_DISTANCE) {
                    return true;
                }
            }
        }
        return false;
    }
}
