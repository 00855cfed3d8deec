package igdrom.formats.compress;

/// The x86 filter. It makes the 32-bit operands of `call` (E8) and `jmp` (E9) absolute before
/// compression, so that calls of the same function look alike, and relative after decompression.
///
/// Source: xz, src/liblzma/simple/x86.c; EDK2, BaseTools/Source/C/LzmaCompress with `--f86`, which
/// filters all of the input. Operands may contain opcode bytes too, so the filter takes the opcodes
/// among the last three bytes into account. Both directions must make the same choices as xz.
final class X86Branches {
    private static final int OPERAND_SIZE = 4;

    private X86Branches() {}

    static void toRelative(byte[] code, int size) {
        convert(code, size, -1);
    }

    static void toAbsolute(byte[] code, int size) {
        convert(code, size, 1);
    }

    private static void convert(byte[] code, int size, int sign) {
        // Bit n: the byte at distance n + 1 before this one is an opcode that was not converted.
        int mask = 0;
        int last = -1;
        for (int at = 0; at < size - OPERAND_SIZE; at++) {
            if ((code[at] & 0xfe) != 0xe8) {
                continue;
            }
            int distance = at - last;
            mask = distance > 3 ? 0 : (mask << (distance - 1)) & 7;
            last = at;
            // The number of operand bytes that also belong to the operand of the previous opcode.
            int shared = Integer.SIZE - Integer.numberOfLeadingZeros(mask);
            boolean inOperand =
                    mask != 0
                            && (Integer.bitCount(mask) > 1
                                    || isSignByte(code[at + OPERAND_SIZE - shared]));
            if (inOperand || !isSignByte(code[at + OPERAND_SIZE])) {
                mask = ((mask << 1) & 7) | 1;
                continue;
            }
            write(code, at + 1, target(operand(code, at + 1), sign * (at + 5), shared * 8));
            at += OPERAND_SIZE;
        }
    }

    private static int target(int operand, int offset, int sharedBits) {
        int target = operand + offset;
        while (sharedBits != 0 && isSignByte((byte) (target >>> (24 - sharedBits)))) {
            target = (target ^ ((1 << (Integer.SIZE - sharedBits)) - 1)) + offset;
        }
        return target;
    }

    /// Whether this is the top byte of a branch within 16 MiB.
    private static boolean isSignByte(byte value) {
        return value == 0 || value == -1;
    }

    private static int operand(byte[] code, int at) {
        return (code[at] & 0xff)
                | ((code[at + 1] & 0xff) << 8)
                | ((code[at + 2] & 0xff) << 16)
                | (code[at + 3] << 24);
    }

    /// Writes the operand; its top byte is the sign extension of bit 24.
    private static void write(byte[] code, int at, int target) {
        code[at] = (byte) target;
        code[at + 1] = (byte) (target >>> 8);
        code[at + 2] = (byte) (target >>> 16);
        code[at + 3] = (byte) -((target >>> 24) & 1);
    }
}
