package igdrom.firmware.gop;

import igdrom.bytes.Image;
import igdrom.formats.pe.Executable;
import igdrom.formats.pe.Machine;
import igdrom.formats.pe.PeImage;
import igdrom.formats.pe.SectionHeader;

/// The constants that an executable's code takes the address of, in the order of the code.
final class References {
    /// Spec: PE/COFF, "Section Flags": IMAGE_SCN_MEM_EXECUTE.
    private static final long EXECUTE = 0x2000_0000L;

    private static final Image LEA = Image.ofHex("8d");

    /// Is told the file offset of each constant; returns false to hear no more.
    interface Visitor {
        boolean visit(long target);
    }

    private final Executable executable;

    References(Executable executable) {
        this.executable = executable;
    }

    void visit(Visitor visitor) {
        boolean x64 = executable.machine().equals(Machine.X64);
        if (!x64 && !executable.machine().equals(Machine.IA32)) {
            return;
        }
        for (SectionHeader section : executable.sections()) {
            if ((section.characteristics() & EXECUTE) == 0) {
                continue;
            }
            Image code = executable.data(section);
            if (x64 ? !visitX64(code, section, visitor) : !visitIa32(code, visitor)) {
                return;
            }
        }
    }

    /// Spec: Intel SDM Volume 2, "LEA" and "RIP-Relative Addressing": REX.W 8D /r with mod 00 and
    /// r/m 101.
    private boolean visitX64(Image code, SectionHeader section, Visitor visitor) {
        long end = code.size() - 6;
        for (long at = code.indexOf(LEA, 1); at >= 0 && at <= end; at = code.indexOf(LEA, at + 1)) {
            if ((code.u8(at - 1) & 0xfb) != 0x48 || (code.u8(at + 1) & 0xc7) != 0x05) {
                continue;
            }
            long next = section.virtualAddress() + at + 6;
            long target = executable.fileOffset(next + (int) code.u32(at + 2));
            if (target >= 0 && !visitor.visit(target)) {
                return false;
            }
        }
        return true;
    }

    /// Spec: Intel SDM Volume 2, "PUSH" (68 id) and "MOV" (B8+ rd id).
    private boolean visitIa32(Image code, Visitor visitor) {
        long base = executable instanceof PeImage pe ? pe.optionalHeader().imageBase() : 0;
        for (long at = 0; at <= code.size() - 5; at++) {
            int opcode = code.u8(at);
            if (opcode != 0x68 && (opcode & 0xf8) != 0xb8) {
                continue;
            }
            long target = executable.fileOffset(code.u32(at + 1) - base);
            if (target >= 0 && !visitor.visit(target)) {
                return false;
            }
        }
        return true;
    }
}
