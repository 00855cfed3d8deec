package igdrom.formats.compress;

/// The code lengths of a Char&Len Set as symbols of the Extra Set: runs of zeros, and lengths.
///
/// Spec: UEFI 2.11, "Compression Algorithm Specification", "Block Header".
final class EfiRuns {
    /// Zeros of a short run: 3 and what 4 bits say.
    private static final int SHORT_RUN = 3;

    private static final int SHORT_RUN_BITS = 4;
    private static final int LONGEST_SHORT_RUN = SHORT_RUN + (1 << SHORT_RUN_BITS) - 1;

    /// Zeros of a long run: 20 and what 9 bits say.
    private static final int LONG_RUN = 20;

    private static final int LONG_RUN_BITS = 9;

    private final int[] counts = new int[EfiFormat.EXTRAS];
    private final int[] symbols = new int[EfiFormat.CHARS];

    /// How many zeros a run's symbol stands for.
    private final int[] zeros = new int[EfiFormat.CHARS];

    private int size;

    private EfiRuns() {}

    static EfiRuns of(byte[] lengths) {
        EfiRuns runs = new EfiRuns();
        int end = EfiBlock.end(lengths);
        int index = 0;
        while (index < end) {
            int start = index;
            while (lengths[index] == 0) {
                index++;
            }
            runs.addZeros(index - start);
            runs.add(lengths[index++] + EfiFormat.FIRST_LENGTH, 0);
        }
        return runs;
    }

    int[] counts() {
        return counts;
    }

    void write(BitSink out, int[] codes, byte[] lengths) {
        for (int i = 0; i < size; i++) {
            out.bits(codes[symbols[i]], lengths[symbols[i]]);
            if (symbols[i] == 1) {
                out.bits(zeros[i] - SHORT_RUN, SHORT_RUN_BITS);
            } else if (symbols[i] == 2) {
                out.bits(zeros[i] - LONG_RUN, LONG_RUN_BITS);
            }
        }
    }

    private void addZeros(int count) {
        int left = count;
        if (left > LONGEST_SHORT_RUN && left < LONG_RUN) {
            add(0, 1);
            left--;
        }
        if (left >= LONG_RUN) {
            add(2, left);
        } else if (left >= SHORT_RUN) {
            add(1, left);
        } else {
            for (; left > 0; left--) {
                add(0, 1);
            }
        }
    }

    private void add(int symbol, int zerosOfRun) {
        counts[symbol]++;
        symbols[size] = symbol;
        zeros[size++] = zerosOfRun;
    }
}
