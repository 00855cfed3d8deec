package igdrom.firmware.lpc;

import igdrom.bytes.Image;
import igdrom.formats.pe.Executable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the ids that a GOP accepts from the code that compares them.
///
/// Observed: compilers turn the check of a range into `mov eax, -first`, `add eax, ecx` or `mov
/// edx, first`, `sub ax, dx`, and then `cmp ax, last - first`; Broadwell to Coffee Lake also search
/// tables, `cmp cx, count`, `cmp dx, [r10 + 2 * rax + table]`. This class tracks the numbers in
/// registers from one instruction to the next, to the end of the function. After an unconditional
/// jump they are what they were at the last conditional instruction.
final class PchCheck {
    private static final int MAX_CODE_BYTES = 0x600;
    private static final int MAX_RANGE_WIDTH = 0x1ff;
    private static final int MAX_TABLE_IDS = 0x80;
    private static final int UNKNOWN = -1;

    /// The padding between functions.
    private static final int INT3 = 0xcc;

    private final Executable gop;

    /// The values of the registers, modulo 65536, or UNKNOWN.
    private final int[] numbers = new int[16];

    private final int[] numbersAtJump = new int[16];
    private final List<PchRange> ranges = new ArrayList<>();

    /// The first id of the range whose width comes next, or UNKNOWN.
    private int first = UNKNOWN;

    /// The number that a register was last compared with.
    private int bound;

    private PchCheck(Executable gop) {
        this.gop = gop;
        Arrays.fill(numbers, UNKNOWN);
        Arrays.fill(numbersAtJump, UNKNOWN);
    }

    /// The ids that the code from `at` on compares with, in its order; absent when the code is not
    /// understood.
    static Optional<List<PchRange>> read(Executable gop, Image code, long at) {
        PchCheck check = new PchCheck(gop);
        long next = at;
        while (next < Math.min(at + MAX_CODE_BYTES, code.size()) && code.u8(next) != INT3) {
            Instruction instruction = Instruction.at(code, next);
            if (instruction == null || !check.follow(instruction)) {
                return Optional.empty();
            }
            next += instruction.length();
        }
        return Optional.of(check.ranges);
    }

    /// Follows one instruction; returns false when it makes no sense in such a check.
    private boolean follow(Instruction instruction) {
        boolean registers = instruction.mod() == Instruction.REGISTER;
        if (instruction.jumpsSometimes()) {
            System.arraycopy(numbers, 0, numbersAtJump, 0, numbers.length);
            return true;
        }
        if (instruction.jumpsAlways()) {
            System.arraycopy(numbersAtJump, 0, numbers, 0, numbers.length);
            return true;
        }
        return switch (instruction.opcode()) {
            case 0xb8, 0xb9, 0xba, 0xbb, 0xbc, 0xbd, 0xbe, 0xbf ->
                    set(instruction.reg(), instruction.immediate());
            case 0x03 -> registers ? add(instruction) : set(instruction.reg(), UNKNOWN);
            case 0x2b -> registers ? subtract(instruction) : set(instruction.reg(), UNKNOWN);
            case 0x33 ->
                    set(
                            instruction.reg(),
                            registers && instruction.reg() == instruction.rm() ? 0 : UNKNOWN);
            case 0x8d -> set(instruction.reg(), address(instruction));
            case 0x3b -> registers ? compared(numbers[instruction.rm()]) : searched(instruction);
            case 0x3d -> compared(instruction.immediate());
            case 0x81, 0x83 -> (instruction.reg() & 7) != 7 || compared(instruction.immediate());
            case 0x8a, 0x8b, 0x63, 0x0b, 0x1b, 0x23 -> set(instruction.reg(), UNKNOWN);
            case 0xe8, 0xff -> {
                Arrays.fill(numbers, UNKNOWN);
                yield true;
            }
            default ->
                    instruction.opcode() >>> 8 == 0
                            || instruction.mod() < 0
                            || set(instruction.reg(), UNKNOWN);
        };
    }

    private boolean set(int register, int number) {
        numbers[register] = number == UNKNOWN ? UNKNOWN : number & 0xffff;
        return true;
    }

    private boolean add(Instruction instruction) {
        int left = numbers[instruction.reg()];
        int right = numbers[instruction.rm()];
        if (left != UNKNOWN && right != UNKNOWN) {
            return set(instruction.reg(), left + right);
        }
        first = left == UNKNOWN && right == UNKNOWN ? UNKNOWN : -Math.max(left, right) & 0xffff;
        return set(instruction.reg(), UNKNOWN);
    }

    private boolean subtract(Instruction instruction) {
        first = numbers[instruction.rm()];
        return set(instruction.reg(), UNKNOWN);
    }

    private int address(Instruction instruction) {
        boolean known = instruction.mod() == 1 || instruction.mod() == 2;
        return known && !instruction.indexed() && numbers[instruction.rm()] != UNKNOWN
                ? (numbers[instruction.rm()] + instruction.displacement()) & 0xffff
                : UNKNOWN;
    }

    /// Follows a comparison with a number: the width of a range, or the bound of an index.
    private boolean compared(int number) {
        if (first == UNKNOWN) {
            bound = number;
            return true;
        }
        int last = first + number;
        if (number < 0 || number > MAX_RANGE_WIDTH || last > 0xffff) {
            return false;
        }
        ranges.add(new PchRange(first, last));
        first = UNKNOWN;
        return true;
    }

    /// Follows a comparison of an id with a table.
    private boolean searched(Instruction instruction) {
        if (!instruction.word() || !instruction.indexed() || instruction.mod() != 2) {
            return true;
        }
        Image image = gop.raw();
        long table = gop.fileOffset(instruction.displacement());
        if (table < 0 || bound < 1 || bound > MAX_TABLE_IDS || table + 2L * bound > image.size()) {
            return false;
        }
        @Nullable PchRange last = null;
        for (int i = 0; i < bound; i++) {
            int id = image.u16(table + 2L * i);
            if (last != null && id == last.last() + 1) {
                ranges.removeLast();
                last = new PchRange(last.first(), id);
            } else {
                last = new PchRange(id, id);
            }
            ranges.add(last);
        }
        return true;
    }
}
