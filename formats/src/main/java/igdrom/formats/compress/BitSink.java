package igdrom.formats.compress;

import java.util.Arrays;

/// Writes bits, the first in the top of a byte.
final class BitSink {
    private byte[] bytes = new byte[1 << 12];
    private int size;
    private long hold;
    private int held;

    /// Appends the low `count` bits of `value`, 0 to 24 of them.
    void bits(int value, int count) {
        hold = (hold << count) | value;
        held += count;
        while (held >= Byte.SIZE) {
            held -= Byte.SIZE;
            if (size == bytes.length) {
                bytes = Arrays.copyOf(bytes, size * 2);
            }
            bytes[size++] = (byte) (hold >>> held);
        }
    }

    /// How many bits were written.
    long count() {
        return (long) size * Byte.SIZE + held;
    }

    /// The bytes so far, the last filled up with zeros.
    byte[] toByteArray() {
        bits(0, Math.floorMod(-held, Byte.SIZE));
        return Arrays.copyOf(bytes, size);
    }
}
