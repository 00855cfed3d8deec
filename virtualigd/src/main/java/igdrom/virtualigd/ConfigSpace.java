package igdrom.virtualigd;

import igdrom.bytes.Image;
import igdrom.bytes.Memory;

/// The config space of a device: what it holds, which bits can be written, which are cleared by
/// writing 1. Other bytes read 0.
///
/// Not thread-safe: the device has the lock.
final class ConfigSpace {
    /// What a conventional device has, and what an express one has.
    static final int SMALL = 256;

    static final int LARGE = 4096;

    /// Spec: PCI Local Bus 3.0, "Capabilities Pointer".
    private static final int CAPABILITIES = 0x34;

    private static final int FIRST = 0x40;

    private final Memory initial;
    private final Memory values;
    private final Memory writable;
    private final Memory clearable;

    ConfigSpace(int size) {
        initial = Memory.ofSize(size);
        values = Memory.ofSize(size);
        writable = Memory.ofSize(size);
        clearable = Memory.ofSize(size);
    }

    /// One field.
    ConfigSpace field(int offset, int size, long value, long writableBits, long clearableBits) {
        for (int i = 0; i < size; i++) {
            int shift = 8 * i;
            initial.putU8(offset + i, (int) (value >>> shift));
            values.putU8(offset + i, (int) (value >>> shift));
            writable.putU8(offset + i, (int) (writableBits >>> shift));
            clearable.putU8(offset + i, (int) (clearableBits >>> shift));
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

    /// What the device itself changes.
    void put(long offset, Image data) {
        values.put(offset, data);
    }

    /// Where a capability is, by its id; 0 for none.
    int capability(int id) {
        int at = values.u8(CAPABILITIES);
        for (int left = SMALL / 4; at >= FIRST && left > 0; left--) {
            if (values.u8(at) == id) {
                return at;
            }
            at = values.u8(at + 1) & ~3;
        }
        return 0;
    }

    /// Everything as it was at first.
    void reset() {
        values.put(0, initial.image(0, Math.toIntExact(initial.size())));
    }
}
