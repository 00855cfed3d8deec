package igdrom.formats.compress;

import igdrom.bytes.Image;
import java.util.Arrays;

/// The array that one stream is unpacked into. It grows with what is really unpacked, since a few
/// bytes may promise gigabytes, and every byte of it is taken from what may be unpacked in all.
final class OutputBuffer {
    private static final int LEAST = 1 << 16;

    /// What packed firmware hardly ever exceeds, so that as a rule nothing has to grow.
    private static final int USUAL_RATIO = 8;

    /// No part of a real image is known that has more.
    private static final int LARGE = 64 << 20;

    private final ExpansionBudget allowance;
    private final int most;
    private final int spare;

    /// @param most how many bytes may come out
    /// @param spare room in the array beyond them, for a byte that shows that the stream goes on
    OutputBuffer(ExpansionBudget allowance, int most, int spare) {
        this.allowance = allowance;
        this.most = most;
        this.spare = spare;
    }

    /// The first array, as long as it will be as a rule.
    byte[] first(long packed) {
        int wanted = (int) Math.min(most, Math.max(LEAST, packed * USUAL_RATIO));
        int length = (int) allowance.takeUpTo(0, wanted);
        makeRoom(length);
        return new byte[length + spare];
    }

    /// The same bytes with more room behind them.
    ///
    /// @throws CorruptStreamException when no more may be unpacked
    byte[] larger(byte[] output) throws CorruptStreamException {
        int length = output.length - spare;
        int wanted = Math.min(most - length, Math.max(LEAST, length));
        // Little by little would take long.
        int least = Math.min(wanted, Math.max(LEAST, length) / USUAL_RATIO);
        long more = allowance.takeUpTo(least, wanted);
        if (more == 0) {
            throw allowance.exhausted();
        }
        makeRoom(length + more);
        return Arrays.copyOf(output, output.length + (int) more);
    }

    /// The first `written` bytes, when nothing follows them. An array that is mostly empty is not
    /// kept, and what was taken for it is given back.
    Image finished(byte[] output, int written) {
        int length = output.length - spare;
        if (written > length / 2) {
            return Image.of(output, written);
        }
        allowance.giveBack((long) length - written);
        return Image.of(Arrays.copyOf(output, written));
    }

    /// Before an array of this length is made, the ones that nobody has any more are collected. The
    /// JVM would rather take more memory, as much as it may have at most.
    private static void makeRoom(long length) {
        if (length >= LARGE) {
            System.gc();
        }
    }
}
