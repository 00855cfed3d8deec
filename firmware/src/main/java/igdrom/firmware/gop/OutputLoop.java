package igdrom.firmware.gop;

import igdrom.bytes.Image;
import igdrom.formats.pe.Executable;
import igdrom.formats.pe.Machine;
import igdrom.formats.pe.SectionHeader;

/// Finds how many bytes a driver takes for each output that a VBT describes, by the loop that goes
/// through them. The number is built into the driver; what the VBT says of itself it does not look
/// at.
///
/// Observed: in all of 16 X64 drivers from Broadwell to Meteor Lake (Cherry Trail's excepted) the
/// loop reads the 16 bits of the device type, which are 10 bytes behind the block's start, and adds
/// the size to its index before it jumps back:
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

    private static final int TYPE = 10;
    private static final int FEWEST = 22;
    private static final int MOST = 64;
    private static final int LONGEST = 0x900;

    /// Observed: no driver that was seen has a quarter of it. In more it would take a while.
    private static final long MOST_CODE = 1 << 20;

    /// From the addition to the jump, and from there to the load.
    private static final int NEAR = 20;

    /// Bytes of the addition and of the jump.
    private static final int ADD = 4;

    private static final int JUMP = 6;

    private OutputLoop() {}

    /// The number of bytes, 0 when there is no such loop, or when two differ.
    static int find(Executable executable) {
        if (!executable.machine().equals(Machine.X64)) {
            return 0;
        }
        int found = 0;
        for (SectionHeader section : executable.sections()) {
            Image code = executable.data(section);
            long end = code.size() > MOST_CODE ? -1 : code.size() - 5;
            for (long at = code.indexOf(LOAD, 1);
                    at >= 0 && at <= end;
                    at = code.indexOf(LOAD, at + 1)) {
                int size = of(code, at);
                if (size != 0 && found != 0 && size != found) {
                    return 0;
                }
                found = size == 0 ? found : size;
            }
        }
        return found;
    }

    /// What is added at the end of a loop with this load.
    private static int of(Image code, long load) {
        int sib = code.u8(load + 3);
        boolean indexed = (code.u8(load + 2) & 0xc7) == 0x44 && sib < 0x40 && (sib & 0x38) != 0x20;
        if (!indexed || code.u8(load + 4) != TYPE) {
            return 0;
        }
        int before = code.u8(load - 1);
        int rex = before >>> 4 == 4 ? before : 0;
        int base = (sib & 7) | (rex & 1) << 3;
        int index = (sib >>> 3 & 7) | (rex & 2) << 2;
        long end = Math.min(load + LONGEST, code.size() - ADD - NEAR - JUMP);
        for (long at = load; at < end; at++) {
            if ((code.u8(at) & 0xfe) == 0x48
                    && code.u8(at + 1) == 0x83
                    && code.u8(at + 2) >>> 3 == 0x18) {
                int register = (code.u8(at + 2) & 7) | (code.u8(at) & 1) << 3;
                int size = code.u8(at + 3);
                if ((register == base || register == index)
                        && size >= FEWEST
                        && size <= MOST
                        && jumpsTo(code, at + ADD, load)) {
                    return size;
                }
            }
        }
        return 0;
    }

    private static boolean jumpsTo(Image code, long from, long load) {
        for (long at = from; at < from + NEAR; at++) {
            if (code.u8(at) == 0x0f && code.u8(at + 1) >>> 4 == 8) {
                long target = at + JUMP + (int) code.u32(at + 2);
                if (target <= load && target > load - NEAR) {
                    return true;
                }
            }
        }
        return false;
    }
}
