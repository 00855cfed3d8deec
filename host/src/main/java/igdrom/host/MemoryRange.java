package igdrom.host;

/// A range of physical memory.
///
/// @param base its first address
/// @param size in bytes, at least one
public record MemoryRange(long base, long size) {
    public MemoryRange {
        if (base < 0 || size <= 0 || base > Long.MAX_VALUE - size) {
            throw new IllegalArgumentException(
                    String.format("0x%x bytes at 0x%x are not a range of memory", size, base));
        }
    }

    @Override
    public String toString() {
        return String.format("0x%x-0x%x", base, base + size - 1);
    }
}
