package igdrom.host;

/// Physical memory from `base` on.
public record MemoryRange(long base, long size) {
    public MemoryRange {
        if (base < 0 || size <= 0 || base > Long.MAX_VALUE - size) {
            throw new IllegalArgumentException(
                    String.format("0x%x bytes at 0x%x are no range", size, base));
        }
    }

    @Override
    public String toString() {
        return String.format("0x%x-0x%x", base, base + size - 1);
    }
}
