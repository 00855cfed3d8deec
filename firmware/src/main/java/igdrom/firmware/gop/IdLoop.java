package igdrom.firmware.gop;

import igdrom.bytes.Image;
import igdrom.formats.pe.Executable;
import igdrom.formats.pe.Machine;
import igdrom.formats.pe.PeImage;
import igdrom.formats.pe.SectionHeader;

/// Finds the table of device ids by the loop that searches it, which gives the table's address and
/// exact length.
///
/// Observed: in all 24 drivers from Sandy Bridge to Meteor Lake, X64 and IA32, release and debug
/// builds, the code compares 16 bits with `[table + 2 * i]`, counts `i` up, and compares it with
/// the number of ids:
///
/// | X64 | IA32 |
/// | --- | --- |
/// | `lea r8, [rip + table]` | |
/// | `movzx eax, cl` | `movzx ecx, al` |
/// | `cmp dx, [r8 + 2 * rax]` | `cmp dx, [2 * ecx + table]` |
/// | `je …`, `inc cl` | `je …`, `inc al` |
/// | `cmp cl, 28` | `cmp al, 4` |
/// | `jb …` | `jb …` |
///
/// A driver may have a second such loop over some of its ids; the longer table is taken.
final class IdLoop implements References.Visitor {
    private static final int OPERAND_SIZE = 0x66;

    /// The maximum distance from the table's address to the comparison of ids, and from there to
    /// the comparison with the count.
    private static final int MAX_DISTANCE = 24;

    private final Executable executable;
    private final Image image;
    private final boolean x64;
    private long table = -1;
    private long count;

    /// @param executable the executable that [References] visits
    IdLoop(Executable executable) {
        this.executable = executable;
        this.image = executable.raw();
        this.x64 = executable.machine().equals(Machine.X64);
    }

    /// The table that the visited references led to. IA32 code is searched here, as its tables have
    /// no such references.
    IdTable table() {
        if (executable.machine().equals(Machine.IA32)) {
            ia32();
        }
        return table < 0 ? IdTable.NONE : IdTable.table(image, table, table + 2 * count);
    }

    @Override
    public void visit(Image code, long next, long target) {
        if (!x64) {
            return;
        }
        long end = Math.min(next + MAX_DISTANCE, code.size() - 5);
        for (long at = next; at < end; at++) {
            if (code.u8(at) != OPERAND_SIZE) {
                continue;
            }
            boolean rex = (code.u8(at + 1) & 0xf0) == 0x40;
            long opcode = rex ? at + 2 : at + 1;
            if (comparesWithPairs(code, opcode) && (code.u8(opcode + 2) & 0x07) != 5) {
                offer(target, bound(code, opcode + 3));
                return;
            }
        }
    }

    private void ia32() {
        long base = executable instanceof PeImage pe ? pe.optionalHeader().imageBase() : 0;
        for (SectionHeader section : executable.sections()) {
            Image code = executable.data(section);
            long end = code.size() - 8;
            for (long at = code.indexOf(OPERAND_SIZE, 0);
                    at >= 0 && at <= end;
                    at = code.indexOf(OPERAND_SIZE, at + 1)) {
                if (comparesWithPairs(code, at + 1) && (code.u8(at + 3) & 0x07) == 5) {
                    offer(executable.fileOffset(code.u32(at + 4) - base), bound(code, at + 8));
                }
            }
        }
    }

    /// Spec: Intel SDM Volume 2, "CMP" (39 /r, 3B /r), "32-Bit Addressing Forms with the SIB Byte":
    /// mod 00, r/m 100, scale 2.
    private static boolean comparesWithPairs(Image code, long opcode) {
        return (code.u8(opcode) == 0x3b || code.u8(opcode) == 0x39)
                && (code.u8(opcode + 1) & 0xc7) == 0x04
                && code.u8(opcode + 2) >>> 6 == 1;
    }

    /// The number that a register is compared with soon after `from`, before a conditional jump; 0
    /// when there is no such comparison.
    ///
    /// Spec: Intel SDM Volume 2, "CMP" (80 /7 ib, 83 /7 ib, 81 /7 id, 3C ib), "Jcc" (7x cb, 0F 8x
    /// cd).
    private static long bound(Image code, long from) {
        long end = Math.min(from + MAX_DISTANCE, code.size() - 8);
        for (long at = from; at < end; at++) {
            int opcode = code.u8(at);
            boolean register = code.u8(at + 1) >= 0xf8;
            if (opcode == 0x3c && jumps(code, at + 2)) {
                return code.u8(at + 1);
            }
            if ((opcode == 0x80 || opcode == 0x83) && register && jumps(code, at + 3)) {
                return code.u8(at + 2);
            }
            if (opcode == 0x81 && register && jumps(code, at + 6)) {
                return code.u32(at + 2);
            }
        }
        return 0;
    }

    private static boolean jumps(Image code, long at) {
        return code.u8(at) >>> 4 == 7 || (code.u8(at) == 0x0f && code.u8(at + 1) >>> 4 == 8);
    }

    private void offer(long target, long ids) {
        if (target >= 0
                && ids > count
                && ids <= IdTable.MAX_IDS
                && target + 2 * ids <= image.size()
                && IdTable.allIds(image, target, target + 2 * ids)) {
            table = target;
            count = ids;
        }
    }
}
