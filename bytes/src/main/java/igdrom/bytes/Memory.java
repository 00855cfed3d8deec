package igdrom.bytes;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Objects;

/// Writable bytes that others may change at any time, such as a guest's memory or a frame buffer.
/// Little endian and unsigned, like an [Image].
///
/// An access outside the memory throws [IndexOutOfBoundsException], an access after its owner
/// closed it [IllegalStateException], and an access after its file was truncated
/// [MemoryLostException].
public final class Memory {
    private static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort U16 =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt U32 =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong U64 =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment segment;

    private Memory(MemorySegment segment) {
        this.segment = segment;
    }

    /// Memory that lives as long as the segment's arena.
    public static Memory of(MemorySegment segment) {
        return new Memory(Objects.requireNonNull(segment));
    }

    /// New memory on the Java heap, filled with zeros.
    public static Memory ofSize(int size) {
        return new Memory(MemorySegment.ofArray(new byte[size]));
    }

    public long size() {
        return segment.byteSize();
    }

    public Memory slice(long offset, long size) {
        return new Memory(segment.asSlice(offset, size));
    }

    public int u8(long offset) {
        try {
            return segment.get(U8, offset) & 0xff;
        } catch (InternalError e) {
            throw new MemoryLostException(e);
        }
    }

    public int u16(long offset) {
        try {
            return segment.get(U16, offset) & 0xffff;
        } catch (InternalError e) {
            throw new MemoryLostException(e);
        }
    }

    public long u32(long offset) {
        try {
            return segment.get(U32, offset) & 0xffff_ffffL;
        } catch (InternalError e) {
            throw new MemoryLostException(e);
        }
    }

    /// An unsigned 64-bit value: compare with [Long#compareUnsigned].
    public long u64(long offset) {
        try {
            return segment.get(U64, offset);
        } catch (InternalError e) {
            throw new MemoryLostException(e);
        }
    }

    /// Writes the low 8 bits of `value`.
    public void putU8(long offset, int value) {
        try {
            segment.set(U8, offset, (byte) value);
        } catch (InternalError e) {
            throw new MemoryLostException(e);
        }
    }

    /// Writes the low 16 bits of `value`.
    public void putU16(long offset, int value) {
        try {
            segment.set(U16, offset, (short) value);
        } catch (InternalError e) {
            throw new MemoryLostException(e);
        }
    }

    /// Writes the low 32 bits of `value`.
    public void putU32(long offset, long value) {
        try {
            segment.set(U32, offset, (int) value);
        } catch (InternalError e) {
            throw new MemoryLostException(e);
        }
    }

    public void putU64(long offset, long value) {
        try {
            segment.set(U64, offset, value);
        } catch (InternalError e) {
            throw new MemoryLostException(e);
        }
    }

    /// The offset of the first byte at or after `start` that is not 0, or [#size] when there is
    /// none.
    public long indexOfNonZero(long start) {
        long end = size();
        Objects.checkFromToIndex(start, end, end);
        if (start == end || u8(start) != 0) {
            return start;
        }
        try {
            // Each byte equals the one before it for as long as all are 0.
            long same = MemorySegment.mismatch(segment, start + 1, end, segment, start, end - 1);
            return same < 0 ? end : start + 1 + same;
        } catch (InternalError e) {
            throw new MemoryLostException(e);
        }
    }

    /// A copy of the present content.
    public Image image(long offset, int size) {
        Objects.checkFromIndexSize(offset, size, size());
        byte[] copy = new byte[size];
        try {
            MemorySegment.copy(segment, U8, offset, copy, 0, size);
        } catch (InternalError e) {
            throw new MemoryLostException(e);
        }
        return Image.of(copy);
    }

    public void put(long offset, Image image) {
        try {
            image.copyTo(segment, offset);
        } catch (InternalError e) {
            throw new MemoryLostException(e);
        }
    }

    public void fill(int value) {
        try {
            segment.fill((byte) value);
        } catch (InternalError e) {
            throw new MemoryLostException(e);
        }
    }
}
