package igdrom.bytes;

import java.util.Arrays;

/// Writes consecutive little-endian fields. A value that does not fit its field throws
/// [IllegalArgumentException], since silent truncation would hide a programming error.
public final class Emitter {
    private byte[] bytes = new byte[256];
    private int size;

    public long position() {
        return size;
    }

    public Emitter u8(int value) {
        checkFits(value, 8);
        reserve(1)[size++] = (byte) value;
        return this;
    }

    public Emitter u16(int value) {
        checkFits(value, 16);
        return littleEndian(value, 2);
    }

    public Emitter u24(int value) {
        checkFits(value, 24);
        return littleEndian(value, 3);
    }

    public Emitter u32(long value) {
        checkFits(value, 32);
        return littleEndian(value, 4);
    }

    public Emitter u64(long value) {
        return littleEndian(value, 8);
    }

    public Emitter guid(Guid guid) {
        return u64(guid.low()).u64(guid.high());
    }

    public Emitter image(Image image) {
        int length = Math.toIntExact(image.size());
        image.copyTo(reserve(length), size);
        size += length;
        return this;
    }

    public Emitter ascii(String text) {
        return image(Image.ofAscii(text));
    }

    /// `text` in UTF-16LE with a terminating NUL.
    public Emitter utf16z(String text) {
        return image(Image.ofUtf16(text)).u16(0);
    }

    public Emitter fill(int value, long count) {
        checkFits(value, 8);
        int length = Math.toIntExact(count);
        Arrays.fill(reserve(length), size, size + length, (byte) value);
        size += length;
        return this;
    }

    /// Fills with `value` up to the next multiple of `alignment` from the start.
    public Emitter align(int alignment, int value) {
        return fill(value, Math.floorMod(-size, alignment));
    }

    /// Fills with `value` until `position`.
    public Emitter fillTo(long position, int value) {
        return fill(value, position - size);
    }

    /// Replaces bytes that are already written.
    public Emitter patch(long offset, Image replacement) {
        if (offset < 0 || offset > size - replacement.size()) {
            throw new IndexOutOfBoundsException(
                    String.format("patch at 0x%x of 0x%x", offset, size));
        }
        replacement.copyTo(bytes, (int) offset);
        return this;
    }

    /// A copy of the bytes written so far; the emitter stays usable.
    public Image toImage() {
        return Image.of(Arrays.copyOf(bytes, size));
    }

    private Emitter littleEndian(long value, int count) {
        byte[] target = reserve(count);
        for (int i = 0; i < count; i++) {
            target[size++] = (byte) (value >>> (8 * i));
        }
        return this;
    }

    private static void checkFits(long value, int bits) {
        if (value >>> bits != 0) {
            throw new IllegalArgumentException(
                    String.format("0x%x does not fit in %d bits", value, bits));
        }
    }

    private byte[] reserve(int more) {
        if (more < 0) {
            throw new IllegalArgumentException("negative length " + more);
        }
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            int doubled = (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8L);
            bytes = Arrays.copyOf(bytes, Math.max(needed, doubled));
        }
        return bytes;
    }
}
