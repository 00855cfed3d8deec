package igdrom.formats.compress;

/// The x86 filter: the 32-bit operands of `call` (E8) and `jmp` (E9) are made absolute before
/// packing, so that calls of one place look alike, and relative again after unpacking.
///
/// Source: xz, src/liblzma/simple/x86.c; EDK2, BaseTools/Source/C/LzmaCompress with `--f86`, which
/// runs it over the whole. Operands hold opcode bytes too, so the filter goes by the opcodes among
/// the last three bytes; both directions must make the same choices, and ours are the original's.
final class X86Branches {
    private static final int OPERAND = 4;

    private X86Branches() {}

    static void toRelative(byte[] code, int size) {
        convert(code, size, -1);
    }

    static void toAbsolute(byte[] code, int size) {
        convert(code, size, 1);
    }

    private static void convert(byte[] code, int size, int sign) {
        // Bit n: the byte n + 1 before is an opcode that was left alone.
        int mask = 0;
        int last = -1;
        for (int at = 0; at < size - OPERAND; at++) {
            if ((code[at] & 0xfe) != 0xe8) {
                continue;
            }
            int distance = at - last;
            mask = distance > 3 ? 0 : (mask << (distance - 1)) & 7;
            last = at;
            // How many bytes of the operand belong to the one of the opcode before.
            int shared = Integer.SIZE - Integer.numberOfLeadingZeros(mask);
            boolean inOperand =
                    mask != 0
                            && (Integer.bitCount(mask) > 1
                                    || isSignByte(code[at + OPERAND - shared]));
            if (inOperand || !isSignByte(code[at + OPERAND])) {
                mask = ((mask << 1) & 7) | 1;
                continue;
            }
            write(code, at + 1, target(operand(code, at + 1), sign * (at + 5), shared * 8));
            at += OPERAND;
        }
    }

    private static int target(int operand, int offset, int sharedBits) {
        int target = operand + offset;
        while (sharedBits != 0 && isSignByte((byte) (target >>> (24 - sharedBits)))) {
            target = (target ^ ((1 << (Integer.SIZE - sharedBits)) - 1)) + offset;
        }
        return target;
    }

    /// The top byte of a branch that stays within 16 MiB.
    private static boolean isSignByte(byte value) {
        return value == 0 || value == -1;
    }

    private static int operand(byte[] code, int at) {
        return (code[at] & 0xff)
                | ((code[at + 1] & 0xff) << 8)
                | ((code[at + 2] & 0xff) << 16)
                | (code[at + 3] << 24);
    }

    /// The top byte is a sign: bit 24 in all its bits.
    private static void write(byte[] code, int at, int target) {
        code[at] = (byte) target;
        code[at + 1] = (byte) (target >>> 8);
        code[at + 2] = (byte) (target >>> 16);
        code[at + 3] = (byte) -((target >>> 24) & 1);
    }
}
