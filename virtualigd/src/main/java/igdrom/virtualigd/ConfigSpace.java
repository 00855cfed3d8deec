package igdrom.virtualigd;

import igdrom.bytes.Image;
import igdrom.bytes.Memory;

/// The config space of a device: its values, the bits that can be written, and the bits that
/// writing 1 clears. Bytes without a field read 0.
///
/// Not thread-safe: the device holds a lock.
final class ConfigSpace {
    /// The size for a conventional PCI device.
    static final int PCI_SIZE = 256;

    /// The size for a PCI Express device.
    static final int EXPRESS_SIZE = 4096;

    /// Spec: PCI Local Bus 3.0, "Capabilities Pointer".
    private static final int CAPABILITIES_POINTER = 0x34;

    private static final int HEADER_SIZE = 0x40;

    private final Memory initial;
    private final Memory values;
    private final Memory writable;
    private final Memory clearable;

    /// Which bytes a lock bit protects: for each the offset of the register, plus 1.
    private final Memory locks;

    ConfigSpace(int size) {
        initial = Memory.ofSize(size);
        values = Memory.ofSize(size);
        writable = Memory.ofSize(size);
        clearable = Memory.ofSize(size);
        locks = Memory.ofSize(size);
    }

    /// Defines a field.
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

    /// Makes bit 0 of a register its lock: while it is set, writes to the register are ignored.
    void lock(int offset, int size) {
        for (int i = 0; i < size; i++) {
            locks.putU8(offset + i, offset + 1);
        }
    }

    private boolean locked(long offset) {
        int register = locks.u8(offset) - 1;
        return register >= 0 && (values.u8(register) & 1) != 0;
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
        // The lowest byte last: it has the lock, and the write that sets it counts as a whole.
        for (long i = data.size() - 1; i >= 0; i--) {
            long at = offset + i;
            if (locked(at)) {
                continue;
            }
            int mask = writable.u8(at);
            int kept = values.u8(at) & ~mask & ~(data.u8(i) & clearable.u8(at));
            values.putU8(at, kept | (data.u8(i) & mask));
        }
    }

    /// Changes values as the device itself does, without regard to writable bits.
    void put(long offset, Image data) {
        values.put(offset, data);
    }

    /// The offset of the capability with this id, or 0 when there is none.
    int capability(int id) {
        int offset = values.u8(CAPABILITIES_POINTER);
        for (int left = PCI_SIZE / 4; offset >= HEADER_SIZE && left > 0; left--) {
            if (values.u8(offset) == id) {
                return offset;
            }
            offset = values.u8(offset + 1) & ~3;
        }
        return 0;
    }

    /// Restores all initial values.
    void reset() {
        values.put(0, initial.image(0, Math.toIntExact(initial.size())));
    }
}
