package igdrom.firmware.lpc;

import igdrom.bytes.Image;
import igdrom.formats.pe.Executable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the ids that a GOP goes on with out of the code that compares them.
///
/// Observed: compilers make a range of ids into `mov eax, -first`, `add eax, ecx` or `mov edx,
/// first`, `sub ax, dx`, and then `cmp ax, last - first`; Broadwell to Coffee Lake search tables
/// too, `cmp cx, count`, `cmp dx, [r10 + 2 * rax + table]`. This follows the numbers in registers
/// from one instruction to the next, to the end of the function. Behind a jump that is always taken
/// they are what they were at the last one that is not.
final class PchCheck {
    private static final int LONGEST = 0x600;
    private static final int LARGEST_WIDTH = 0x1ff;
    private static final int LARGEST_TABLE = 0x80;
    private static final int UNKNOWN = -1;

    /// What compilers put between functions.
    private static final int INT3 = 0xcc;

    private final Executable gop;

    /// What is in the registers, modulo 65536, where that is known.
    private final int[] numbers = new int[16];

    private final int[] numbersAtJump = new int[16];
    private final List<PchRange> ranges = new ArrayList<>();

    /// The first id of the range whose width comes next, or UNKNOWN.
    private int first = UNKNOWN;

    /// What a register was compared with last.
    private int bound;

    private PchCheck(Executable gop) {
        this.gop = gop;
        Arrays.fill(numbers, UNKNOWN);
        Arrays.fill(numbersAtJump, UNKNOWN);
    }

    /// The ids that the code from `at` on compares with, in its order; none when it is not
    /// understood.
    static Optional<List<PchRange>> read(Executable gop, Image code, long at) {
        PchCheck check = new PchCheck(gop);
        long next = at;
        while (next < Math.min(at + LONGEST, code.size()) && code.u8(next) != INT3) {
            Instruction instruction = Instruction.at(code, next);
            if (instruction == null || !check.follow(instruction)) {
                return Optional.empty();
            }
            next += instruction.length();
        }
        return Optional.of(check.ranges);
    }

    /// Takes one instruction in; returns false when it makes no sense here.
    private boolean follow(Instruction one) {
        boolean registers = one.mod() == Instruction.REGISTER;
        if (one.jumpsSometimes()) {
            System.arraycopy(numbers, 0, numbersAtJump, 0, numbers.length);
            return true;
        }
        if (one.jumpsAlways()) {
            System.arraycopy(numbersAtJump, 0, numbers, 0, numbers.length);
            return true;
        }
        return switch (one.opcode()) {
            case 0xb8, 0xb9, 0xba, 0xbb, 0xbc, 0xbd, 0xbe, 0xbf -> set(one.reg(), one.immediate());
            case 0x03 -> registers ? add(one) : set(one.reg(), UNKNOWN);
            case 0x2b -> registers ? subtract(one) : set(one.reg(), UNKNOWN);
            case 0x33 -> set(one.reg(), registers && one.reg() == one.rm() ? 0 : UNKNOWN);
            case 0x8d -> set(one.reg(), address(one));
            case 0x3b -> registers ? compared(numbers[one.rm()]) : searched(one);
            case 0x3d -> compared(one.immediate());
            case 0x81, 0x83 -> (one.reg() & 7) != 7 || compared(one.immediate());
            case 0x8a, 0x8b, 0x63, 0x0b, 0x1b, 0x23 -> set(one.reg(), UNKNOWN);
            case 0xe8, 0xff -> {
                Arrays.fill(numbers, UNKNOWN);
                yield true;
            }
            default -> one.opcode() >>> 8 == 0 || one.mod() < 0 || set(one.reg(), UNKNOWN);
        };
    }

    private boolean set(int register, int number) {
        numbers[register] = number == UNKNOWN ? UNKNOWN : number & 0xffff;
        return true;
    }

    private boolean add(Instruction one) {
        int left = numbers[one.reg()];
        int right = numbers[one.rm()];
        if (left != UNKNOWN && right != UNKNOWN) {
            return set(one.reg(), left + right);
        }
        first = left == UNKNOWN && right == UNKNOWN ? UNKNOWN : -Math.max(left, right) & 0xffff;
        return set(one.reg(), UNKNOWN);
    }

    private boolean subtract(Instruction one) {
        first = numbers[one.rm()];
        return set(one.reg(), UNKNOWN);
    }

    private int address(Instruction one) {
        boolean known = one.mod() == 1 || one.mod() == 2;
        return known && !one.indexed() && numbers[one.rm()] != UNKNOWN
                ? (numbers[one.rm()] + one.displacement()) & 0xffff
                : UNKNOWN;
    }

    /// A register is compared with a number: the width of a range, or the bound of an index.
    private boolean compared(int number) {
        if (first == UNKNOWN) {
            bound = number;
            return true;
        }
        int last = first + number;
        if (number < 0 || number > LARGEST_WIDTH || last > 0xffff) {
            return false;
        }
        ranges.add(new PchRange(first, last));
        first = UNKNOWN;
        return true;
    }

    /// An id is compared with one of a table.
    private boolean searched(Instruction one) {
        if (!one.word() || !one.indexed() || one.mod() != 2) {
            return true;
        }
        Image image = gop.raw();
        long table = gop.fileOffset(one.displacement());
        if (table < 0 || bound < 1 || bound > LARGEST_TABLE || table + 2L * bound > image.size()) {
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
