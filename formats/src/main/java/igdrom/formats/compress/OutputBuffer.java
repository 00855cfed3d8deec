package igdrom.formats.compress;

import igdrom.bytes.Image;
import java.util.Arrays;

/// Allocates the output array of one stream. Since a few bytes may promise gigabytes, the array
/// grows with the actual output, and every byte of it is taken from the budget.
final class OutputBuffer {
    private static final int MIN_GROWTH = 1 << 16;

    /// Firmware rarely compresses better than this, so the first array usually suffices.
    private static final int USUAL_RATIO = 8;

    /// No part of a known image is larger.
    private static final int MIN_COLLECTED_SIZE = 64 << 20;

    private final ExpansionBudget budget;
    private final int maxSize;
    private final int spare;

    /// @param maxSize of the output
    /// @param spare additional bytes in the array, to detect a stream that continues
    OutputBuffer(ExpansionBudget budget, int maxSize, int spare) {
        this.budget = budget;
        this.maxSize = maxSize;
        this.spare = spare;
    }

    /// The first array, of the size that is usually sufficient.
    byte[] allocate(long compressedSize) {
        int wanted = (int) Math.min(maxSize, Math.max(MIN_GROWTH, compressedSize * USUAL_RATIO));
        int length = (int) budget.takeUpTo(0, wanted);
        collectGarbageFor(length);
        return new byte[length + spare];
    }

    /// A longer copy of the array.
    ///
    /// @throws CorruptStreamException when the budget is exhausted
    byte[] grow(byte[] output) throws CorruptStreamException {
        int length = output.length - spare;
        int wanted = Math.min(maxSize - length, Math.max(MIN_GROWTH, length));
        // Growing by a few bytes at a time would take quadratic time.
        int min = Math.min(wanted, Math.max(MIN_GROWTH, length) / USUAL_RATIO);
        long more = budget.takeUpTo(min, wanted);
        if (more == 0) {
            throw budget.exceeded();
        }
        collectGarbageFor(length + more);
        return Arrays.copyOf(output, output.length + (int) more);
    }

    /// The first `written` bytes, when no more will follow. A mostly empty array is replaced by a
    /// short copy, and its unused bytes are returned to the budget.
    Image toImage(byte[] output, int written) {
        int length = output.length - spare;
        if (written > length / 2) {
            return Image.of(output, written);
        }
        budget.giveBack((long) length - written);
        return Image.of(Arrays.copyOf(output, written));
    }

    /// Frees unreachable arrays before a large one is allocated: the JVM would extend its heap
    /// instead, up to its maximum.
    private static void collectGarbageFor(long length) {
        if (length >= MIN_COLLECTED_SIZE) {
            System.gc();
        }
    }
}
