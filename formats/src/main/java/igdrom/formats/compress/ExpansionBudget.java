package igdrom.formats.compress;

import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.concurrent.atomic.AtomicLong;

/// The total number of bytes that decompression may produce, shared by any number of threads.
///
/// Bytes are taken before memory is allocated for them. This bounds the memory of all decompressed
/// data, regardless of the number of streams and of the sizes they promise. An array that grows
/// briefly exists twice, so the bound is one and a half times the total.
public final class ExpansionBudget {
    private final long total;
    private final AtomicLong left;

    /// @param total of all decompressed bytes
    public ExpansionBudget(long total) {
        this.total = total;
        this.left = new AtomicLong(total);
    }

    /// Takes `count` bytes, or none if fewer are left.
    ///
    /// @return whether they were taken
    public boolean take(long count) {
        return takeUpTo(count, count) == count;
    }

    /// Takes up to `max` bytes, or none if fewer than `min` are left.
    ///
    /// @return the number of bytes taken
    long takeUpTo(long min, long max) {
        while (true) {
            long available = left.get();
            long count = Math.min(max, available);
            if (count < min) {
                return 0;
            }
            if (left.compareAndSet(available, available - count)) {
                return count;
            }
        }
    }

    /// Returns bytes that were taken and are not used.
    void giveBack(long count) {
        left.addAndGet(count);
    }

    /// Checks that a promised size is available, and narrows it.
    ///
    /// @param offset of the field in the compressed data
    /// @throws MalformedImageException when the size exceeds the budget
    int checkSize(Location location, long offset, String field, long size) {
        long max = available();
        if (Long.compareUnsigned(size, max) > 0) {
            String rule =
                    max < total && max < Codec.MAX_DECOMPRESSED
                            ? "0x%x bytes of the decompression limit 0x%x are left"
                                    .formatted(max, total)
                            : "the decompression limit is 0x%x".formatted(max);
            throw new MalformedImageException(
                    location, offset, "%s is 0x%x, %s", field, size, rule);
        }
        return Math.toIntExact(size);
    }

    /// The maximum size of the output of the next stream.
    int available() {
        return (int) Math.clamp(left.get(), 0, Codec.MAX_DECOMPRESSED);
    }

    /// The fault of a stream whose output exceeds the budget.
    CorruptStreamException exceeded() {
        return new CorruptStreamException(
                "the stream exceeds the decompression limit of 0x%x bytes", total);
    }
}
