package igdrom.formats.compress;

/// Logarithms of counts, the same on every machine.
final class Log2 {
    /// The logarithm of 2.
    static final int ONE = 1 << 10;

    private static final int[] TABLE = new int[EfiFormat.LARGEST_BLOCK + 1];

    static {
        for (int i = 1; i < TABLE.length; i++) {
            TABLE[i] = (int) (StrictMath.log(i) / StrictMath.log(2) * ONE);
        }
    }

    private Log2() {}

    static int of(int count) {
        return count < TABLE.length ? TABLE[count] : ONE + of(count / 2);
    }
}
