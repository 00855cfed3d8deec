package igdrom.formats.compress;

/// The code lengths of a Char&Len Set, encoded as symbols of the Extra Set: runs of zeros, and
/// lengths.
///
/// Spec: UEFI 2.11, "Compression Algorithm Specification", "Block Header".
final class EfiRuns {
    /// A short run has 3 zeros plus a number of 4 bits.
    private static final int MIN_SHORT_RUN = 3;

    private static final int SHORT_RUN_BITS = 4;
    private static final int MAX_SHORT_RUN = MIN_SHORT_RUN + (1 << SHORT_RUN_BITS) - 1;

    /// A long run has 20 zeros plus a number of 9 bits.
    private static final int MIN_LONG_RUN = 20;

    private static final int LONG_RUN_BITS = 9;

    private final int[] counts = new int[EfiFormat.EXTRAS];
    private final int[] symbols = new int[EfiFormat.CHARS];

    /// The number of zeros of each symbol that is a run.
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

    void write(BitWriter out, int[] codes, byte[] lengths) {
        for (int i = 0; i < size; i++) {
            out.write(codes[symbols[i]], lengths[symbols[i]]);
            if (symbols[i] == 1) {
                out.write(zeros[i] - MIN_SHORT_RUN, SHORT_RUN_BITS);
            } else if (symbols[i] == 2) {
                out.write(zeros[i] - MIN_LONG_RUN, LONG_RUN_BITS);
            }
        }
    }

    private void addZeros(int count) {
        int left = count;
        if (left > MAX_SHORT_RUN && left < MIN_LONG_RUN) {
            add(0, 1);
            left--;
        }
        if (left >= MIN_LONG_RUN) {
            add(2, left);
        } else if (left >= MIN_SHORT_RUN) {
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
