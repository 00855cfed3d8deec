package igdrom.plan;

/// Base and size of stolen memory in the guest. Zero means unknown, as in the data of the driver.
public record StolenMemory(long base, long size) {
    static final StolenMemory UNKNOWN = new StolenMemory(0, 0);

    private static final long MIB = 1L << 20;
    private static final long GIB4 = 1L << 32;

    /// What is wrong with it, empty when nothing is.
    String problem() {
        if (base % MIB != 0 || size % MIB != 0) {
            return String.format(
                    "base 0x%x and size 0x%x of stolen memory are not multiples of 1 MiB",
                    base, size);
        }
        return base < 0 || size < 0 || size >= GIB4 || base > GIB4 - Math.max(size, MIB)
                ? String.format(
                        "stolen memory of 0x%x bytes at 0x%x does not end below 4 GiB", size, base)
                : "";
    }
}
