package igdrom.virtualigd;

import igdrom.bytes.Image;
import igdrom.bytes.Memory;
import igdrom.knowledge.Tsv;

/// The config space of a device: what it holds, which bits can be written, which are cleared by
/// writing 1. Bytes of which no row speaks read 0.
///
/// Not thread-safe: the device has the lock.
final class ConfigSpace {
    /// What a conventional device has, and what an express one has.
    static final int SMALL = 256;

    static final int LARGE = 4096;

    private final Memory initial;
    private final Memory values;
    private final Memory writable;
    private final Memory clearable;
    private final Memory known;

    ConfigSpace(int size) {
        initial = Memory.ofSize(size);
        values = Memory.ofSize(size);
        writable = Memory.ofSize(size);
        clearable = Memory.ofSize(size);
        known = Memory.ofSize(size);
    }

    /// The rows of `config.tsv` that hold for a graphics version.
    static Tsv table() {
        return Tables.load(
                "config.tsv",
                "offset",
                "size",
                "name",
                "graphics",
                "value",
                "writable",
                "clearable",
                "source",
                "checked");
    }

    /// One field.
    ConfigSpace field(int offset, int size, long value, long writableBits, long clearableBits) {
        for (int i = 0; i < size; i++) {
            int shift = 8 * i;
            initial.putU8(offset + i, (int) (value >>> shift));
            values.putU8(offset + i, (int) (value >>> shift));
            writable.putU8(offset + i, (int) (writableBits >>> shift));
            clearable.putU8(offset + i, (int) (clearableBits >>> shift));
            known.putU8(offset + i, 1);
        }
        return this;
    }

    long size() {
        return values.size();
    }

    Image read(long offset, int count) {
        return values.image(offset, count);
    }

    long u32(int offset) {
        return values.u32(offset);
    }

    long u64(int offset) {
        return values.u64(offset);
    }

    void write(long offset, Image data) {
        for (int i = 0; i < data.size(); i++) {
            long at = offset + i;
            int mask = writable.u8(at);
            int kept = values.u8(at) & ~mask & ~(data.u8(i) & clearable.u8(at));
            values.putU8(at, kept | (data.u8(i) & mask));
        }
    }

    /// Whether a row speaks of all these bytes.
    boolean knows(long offset, long count) {
        for (long at = offset; at < offset + count; at++) {
            if (known.u8(at) == 0) {
                return false;
            }
        }
        return true;
    }

    /// What the device itself changes.
    void put(long offset, Image data) {
        values.put(offset, data);
    }

    /// Everything as it was at first.
    void reset() {
        values.put(0, initial.image(0, Math.toIntExact(initial.size())));
    }
}
