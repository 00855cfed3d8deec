package igdrom.formats.compress;

import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.concurrent.atomic.AtomicLong;

/// How many bytes may be unpacked in all, by whichever threads share it.
///
/// Bytes are taken before there is memory for them, so that it bounds the memory of all that is
/// unpacked at one time, however many streams there are and whatever they promise. While an array
/// grows its old half is there too: the bound is one and a half of the total.
public final class ExpansionBudget {
    private final long total;
    private final AtomicLong left;

    /// @param total of all bytes that may come out
    public ExpansionBudget(long total) {
        this.total = total;
        this.left = new AtomicLong(total);
    }

    /// Takes `count` bytes, or none.
    ///
    /// @return whether they were left
    public boolean take(long count) {
        return takeUpTo(count, count) == count;
    }

    /// Takes `most` bytes or what is left of them, or none where that is less than `least`.
    ///
    /// @return how many were taken
    long takeUpTo(long least, long most) {
        while (true) {
            long there = left.get();
            long count = Math.min(most, there);
            if (count < least) {
                return 0;
            }
            if (left.compareAndSet(there, there - count)) {
                return count;
            }
        }
    }

    /// Gives back bytes that were taken and are not kept.
    void giveBack(long count) {
        left.addAndGet(count);
    }

    /// A promised size as an `int`, once it is known that so much is left.
    ///
    /// @param offset of the field in the packed data
    /// @throws MalformedImageException when it is more
    int promised(Location location, long offset, String field, long size) {
        long most = most();
        if (Long.compareUnsigned(size, most) > 0) {
            String rule =
                    most < total && most < Codec.MAX_DECOMPRESSED
                            ? String.format("of 0x%x to unpack in all 0x%x are left", total, most)
                            : String.format("the most to unpack is 0x%x", most);
            throw new MalformedImageException(
                    location, offset, String.format("%s is 0x%x, %s", field, size, rule));
        }
        return Math.toIntExact(size);
    }

    /// The most that may come out of one stream.
    int most() {
        return (int) Math.clamp(left.get(), 0, Codec.MAX_DECOMPRESSED);
    }

    /// What to say of a stream that is not taken further.
    CorruptStreamException exhausted() {
        return new CorruptStreamException(
                String.format(
                        "the stream goes on, no more than 0x%x bytes are unpacked in all", total));
    }
}
