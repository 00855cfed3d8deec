package igdrom.formats.compress;

import java.util.Arrays;

/// Writes bits to bytes, high bits first.
final class BitWriter {
    private byte[] bytes = new byte[1 << 12];
    private int size;
    private long pending;
    private int pendingCount;

    /// Appends the low `count` bits of `value`, 0 to 24 of them.
    void write(int value, int count) {
        pending = (pending << count) | value;
        pendingCount += count;
        while (pendingCount >= Byte.SIZE) {
            pendingCount -= Byte.SIZE;
            if (size == bytes.length) {
                bytes = Arrays.copyOf(bytes, size * 2);
            }
            bytes[size++] = (byte) (pending >>> pendingCount);
        }
    }

    int bits() {
        return size * Byte.SIZE + pendingCount;
    }

    /// The bytes written so far, the last one padded with zeros.
    byte[] toByteArray() {
        write(0, Math.floorMod(-pendingCount, Byte.SIZE));
        return Arrays.copyOf(bytes, size);
    }
}
