package igdrom.firmware.lpc;

import igdrom.bytes.Image;
import org.jspecify.annotations.Nullable;

/// One instruction of 64-bit code, as far as [PchCheck] needs it: length, registers and numbers of
/// the instructions that compilers emit for integers.
///
/// Spec: Intel SDM Volume 2, "Instruction Format" and "Opcode Map".
///
/// @param opcode the opcode byte; 0F00 is added for two-byte opcodes
/// @param word whether operands have 16 bits
/// @param mod of the ModR/M byte, or -1 without one
/// @param reg the register in ModR/M, or in the opcode without ModR/M
/// @param rm the other register in ModR/M, or the base register of the address
/// @param indexed whether the address has an index register
/// @param displacement of the address
/// @param immediate the immediate operand
record Instruction(
        int length,
        int opcode,
        boolean word,
        int mod,
        int reg,
        int rm,
        boolean indexed,
        int displacement,
        int immediate) {
    static final int RETURN = 0xc3;
    static final int REGISTER = 3;

    private static final int MAX_LENGTH = 15;
    private static final int TWO_BYTES = 0x0f;
    private static final int SIB = 4;
    private static final int NO_BASE = 5;

    /// The instruction at `at`, or null when it is unknown or may extend past the end of `code`.
    static @Nullable Instruction at(Image code, long at) {
        return at < 0 || at > code.size() - MAX_LENGTH ? null : new Reader(code, at).read();
    }

    /// Whether it is a conditional jump (Jcc).
    boolean jumpsSometimes() {
        return opcode >>> 4 == 0x7 || opcode >>> 4 == 0x0f8;
    }

    /// Whether it is JMP or RET.
    boolean jumpsAlways() {
        return opcode == 0xe9 || opcode == 0xeb || opcode == RETURN;
    }

    private static final class Reader {
        private final Image code;
        private final long start;
        private long next;
        private boolean word;
        private int rex;

        Reader(Image code, long start) {
            this.code = code;
            this.start = start;
            this.next = start;
        }

        @Nullable Instruction read() {
            int op = u8();
            if (op == 0x66) {
                word = true;
                op = u8();
            }
            if (op >>> 4 == 4) {
                rex = op;
                op = u8();
            }
            if (op == TWO_BYTES) {
                op = TWO_BYTES << 8 | u8();
            }
            int immediate = immediateSize(op);
            if (hasOperand(op)) {
                return operand(op, immediate);
            }
            return immediate < 0
                    ? null
                    : instruction(op, -1, (op & 7) | (rex & 1) << 3, 0, false, 0, immediate);
        }

        private Instruction operand(int op, int immediateBytes) {
            int modRm = u8();
            int mod = modRm >>> 6;
            int reg = ((modRm >>> 3) & 7) | (rex & 4) << 1;
            int rm = modRm & 7;
            boolean indexed = false;
            boolean absolute = false;
            if (mod != REGISTER) {
                absolute = mod == 0 && rm == NO_BASE;
                if (rm == SIB) {
                    int sib = u8();
                    indexed = ((sib >>> 3) & 7) != SIB;
                    rm = sib & 7;
                    absolute = mod == 0 && rm == NO_BASE;
                }
            }
            int displacement = 0;
            if (mod == 1) {
                displacement = (byte) u8();
            } else if (mod == 2 || absolute) {
                displacement = number(4);
            }
            // Of the instructions with this opcode, only TEST has an immediate.
            boolean test = (op == 0xf6 || op == 0xf7) && (reg & 7) < 2;
            int bytes = test ? (op == 0xf6 ? 1 : size()) : Math.max(0, immediateBytes);
            return instruction(op, mod, reg, rm | (rex & 1) << 3, indexed, displacement, bytes);
        }

        private Instruction instruction(
                int op,
                int mod,
                int reg,
                int rm,
                boolean indexed,
                int displacement,
                int immediateBytes) {
            int immediate = number(immediateBytes);
            return new Instruction(
                    (int) (next - start), op, word, mod, reg, rm, indexed, displacement, immediate);
        }

        private int u8() {
            return code.u8(next++);
        }

        private int number(int bytes) {
            long at = next;
            next += bytes;
            return switch (bytes) {
                case 0 -> 0;
                case 1 -> (byte) code.u8(at);
                case 2 -> (short) code.u16(at);
                default -> (int) code.u32(at);
            };
        }

        private int size() {
            return word ? 2 : 4;
        }

        private static boolean hasOperand(int op) {
            if (op < 0x40) {
                return (op & 7) < 4;
            }
            if (op >>> 8 == TWO_BYTES) {
                int second = op & 0xff;
                return second >>> 4 == 4
                        || second >>> 4 == 9
                        || second == 0x1f
                        || second == 0xa3
                        || second == 0xab
                        || second == 0xaf
                        || second == 0xb3
                        || (second >= 0xb6 && second <= 0xbf && second != 0xb9);
            }
            return op == 0x63
                    || (op >= 0x80 && op <= 0x8d)
                    || op == 0x69
                    || op == 0x6b
                    || op == 0xc0
                    || op == 0xc1
                    || op == 0xc6
                    || op == 0xc7
                    || (op >= 0xd0 && op <= 0xd3)
                    || op == 0xf6
                    || op == 0xf7
                    || op == 0xfe
                    || op == 0xff;
        }

        /// The size of the immediate, 0 for none, or -1 for an unknown opcode without operand.
        private int immediateSize(int op) {
            if (op < 0x40) {
                return (op & 7) == 4 ? 1 : (op & 7) == 5 ? size() : -1;
            }
            if (op >>> 3 == 0xb8 >>> 3) {
                return (rex & 8) != 0 ? 8 : size();
            }
            if (op >>> 4 == 0x0f8) {
                return 4;
            }
            return switch (op) {
                case 0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57 -> 0;
                case 0x58, 0x59, 0x5a, 0x5b, 0x5c, 0x5d, 0x5e, 0x5f -> 0;
                case 0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77 -> 1;
                case 0x78, 0x79, 0x7a, 0x7b, 0x7c, 0x7d, 0x7e, 0x7f -> 1;
                case 0x69, 0x81, 0xc7, 0xa9 -> size();
                case 0x6a, 0x6b, 0x80, 0x83, 0xc0, 0xc1, 0xc6, 0xa8, 0xeb, 0x0fba -> 1;
                case 0x90, 0x98, 0x99, RETURN -> 0;
                case 0xe8, 0xe9 -> 4;
                default -> -1;
            };
        }
    }
}
