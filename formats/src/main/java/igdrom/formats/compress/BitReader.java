package igdrom.formats.compress;

import igdrom.bytes.Image;

/// Reads bits of a stream, high bits first.
final class BitReader {
    private static final int WORD_BITS = Integer.SIZE;

    /// Zeros after the stream, so that whole words can be read up to its end.
    private static final int PADDING = 2 * Integer.BYTES;

    private final byte[] in;
    private final long endBit;
    private int next;

    /// The next bits, in the high bits of the value.
    private long bits;

    /// The number of valid bits in `bits`.
    private int count;

    BitReader(Image compressed, int start, long end) {
        in = new byte[(int) end + PADDING];
        compressed.slice(0, end).copyTo(in, 0);
        endBit = end * Byte.SIZE;
        next = start;
    }

    /// The next 32 bits or more, in the high bits of the value: zeros after the end of the stream.
    long peek() {
        if (count < WORD_BITS) {
            bits |= word() << (WORD_BITS - count);
            count += WORD_BITS;
        }
        return bits;
    }

    /// Consumes bits that were seen with [#peek].
    void skip(int length) throws CorruptStreamException {
        bits <<= length;
        count -= length;
        if (position() > endBit) {
            throw new CorruptStreamException("the stream is truncated");
        }
    }

    /// Reads a number of 1 to 32 bits.
    int read(int length) throws CorruptStreamException {
        int value = (int) (peek() >>> (Long.SIZE - length));
        skip(length);
        return value;
    }

    /// The offset of the next bit in the compressed data.
    long position() {
        return (long) next * Byte.SIZE - count;
    }

    /// The number of bits up to the end of the stream.
    long remaining() {
        return endBit - position();
    }

    private long word() {
        int word =
                ((in[next] & 0xff) << 24)
                        | ((in[next + 1] & 0xff) << 16)
                        | ((in[next + 2] & 0xff) << 8)
                        | (in[next + 3] & 0xff);
        next += Integer.BYTES;
        return word & 0xffff_ffffL;
    }
}
