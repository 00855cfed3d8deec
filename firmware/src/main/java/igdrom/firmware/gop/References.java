package igdrom.firmware.gop;

import igdrom.bytes.Image;
import igdrom.formats.pe.Executable;
import igdrom.formats.pe.Machine;
import igdrom.formats.pe.PeImage;
import igdrom.formats.pe.SectionHeader;

/// Finds the constants whose address an executable's code takes, in the order of the code.
final class References {
    private static final int LEA = 0x8d;

    /// Receives the references.
    interface Visitor {
        /// Receives one reference.
        ///
        /// @param code the section's bytes
        /// @param next offset in `code` of the next instruction
        /// @param target file offset of the constant
        void visit(Image code, long next, long target);
    }

    private References() {}

    /// Passes all references to each visitor.
    static void visit(Executable executable, Visitor... visitors) {
        for (SectionHeader section : executable.sections()) {
            if (!section.isExecutable()) {
                continue;
            }
            if (executable.machine().equals(Machine.X64)) {
                visitX64(executable, section, visitors);
            } else if (executable.machine().equals(Machine.IA32)) {
                visitIa32(executable, section, visitors);
            }
        }
    }

    /// Spec: Intel SDM Volume 2, "LEA" and "RIP-Relative Addressing": REX.W 8D /r with mod 00 and
    /// r/m 101.
    private static void visitX64(Executable executable, SectionHeader section, Visitor[] visitors) {
        Image code = executable.data(section);
        long end = code.size() - 6;
        for (long at = code.indexOf(LEA, 1); at >= 0 && at <= end; at = code.indexOf(LEA, at + 1)) {
            if ((code.u8(at - 1) & 0xfb) != 0x48 || (code.u8(at + 1) & 0xc7) != 0x05) {
                continue;
            }
            long next = at + 6;
            long target =
                    executable.fileOffset(section.virtualAddress() + next + (int) code.u32(at + 2));
            if (target >= 0) {
                for (Visitor visitor : visitors) {
                    visitor.visit(code, next, target);
                }
            }
        }
    }

    /// Spec: Intel SDM Volume 2, "PUSH" (68 id) and "MOV" (B8+ rd id, and C7 04 24 id, which
    /// replaces the argument pushed last).
    private static void visitIa32(
            Executable executable, SectionHeader section, Visitor[] visitors) {
        Image code = executable.data(section);
        long base = executable instanceof PeImage pe ? pe.optionalHeader().imageBase() : 0;
        for (long at = 0; at <= code.size() - 5; at++) {
            int opcode = code.u8(at);
            boolean pushOrMove = opcode == 0x68 || (opcode & 0xf8) == 0xb8;
            boolean replace = opcode == 0x24 && at >= 2 && code.u16(at - 2) == 0x04c7;
            if (pushOrMove || replace) {
                long target = executable.fileOffset(code.u32(at + 1) - base);
                if (target >= 0) {
                    for (Visitor visitor : visitors) {
                        visitor.visit(code, at + 5, target);
                    }
                }
            }
        }
    }
}
