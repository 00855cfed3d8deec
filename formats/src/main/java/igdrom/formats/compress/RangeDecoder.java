package igdrom.formats.compress;

import igdrom.bytes.Image;
import java.util.Arrays;

/// The range decoder of LZMA, which decodes bits with adaptive probabilities.
///
/// Source: LZMA SDK, "lzma-specification.txt", "Range Decoder". A model is the probability of a
/// zero bit, in units of 1/2048.
final class RangeDecoder {
    private static final int MODEL_BITS = 11;
    private static final int MODEL_TOTAL = 1 << MODEL_BITS;
    private static final int MOVE_BITS = 5;
    private static final long MIN_RANGE = 1 << 24;
    private static final int START_SIZE = 5;

    private final byte[] in;
    private int next;

    /// Both are unsigned 32-bit values.
    private long range = 0xffff_ffffL;

    private long code;

    RangeDecoder(Image compressed, int start) {
        in = compressed.toByteArray();
        next = start;
    }

    static short[] models(int count) {
        short[] models = new short[count];
        Arrays.fill(models, (short) (MODEL_TOTAL / 2));
        return models;
    }

    /// Reads the five bytes that initialize the decoder.
    void start() throws CorruptStreamException {
        if (in.length - next < START_SIZE) {
            throw truncated();
        }
        int first = in[next++];
        for (int i = 1; i < START_SIZE; i++) {
            code = (code << Byte.SIZE) | (in[next++] & 0xff);
        }
        if (first != 0 || code == range) {
            throw new CorruptStreamException("the first five bytes are invalid for a range coder");
        }
    }

    /// Decodes a bit and adapts its model.
    int bit(short[] models, int index) throws CorruptStreamException {
        normalize();
        int model = models[index];
        long bound = (range >>> MODEL_BITS) * model;
        if (code < bound) {
            range = bound;
            models[index] = (short) (model + ((MODEL_TOTAL - model) >>> MOVE_BITS));
            return 0;
        }
        range -= bound;
        code -= bound;
        models[index] = (short) (model - (model >>> MOVE_BITS));
        return 1;
    }

    /// Decodes a number of `count` bits, high bits first. The previous bits select the model of the
    /// next one.
    ///
    /// This repeats [#bit] with local variables instead of fields: most bits are decoded here, and
    /// a call for each of them makes `extract` 5 % slower.
    int bitTree(short[] models, int offset, int count) throws CorruptStreamException {
        long range = this.range;
        long code = this.code;
        int node = 1;
        int end = 1 << count;
        while (node < end) {
            if (range < MIN_RANGE) {
                range <<= Byte.SIZE;
                code = (code << Byte.SIZE) | nextByte();
            }
            int model = models[offset + node];
            long bound = (range >>> MODEL_BITS) * model;
            if (code < bound) {
                range = bound;
                models[offset + node] = (short) (model + ((MODEL_TOTAL - model) >>> MOVE_BITS));
                node <<= 1;
            } else {
                range -= bound;
                code -= bound;
                models[offset + node] = (short) (model - (model >>> MOVE_BITS));
                node = (node << 1) | 1;
            }
        }
        this.range = range;
        this.code = code;
        return node - end;
    }

    /// Like [#bitTree], low bits first.
    int reverseBitTree(short[] models, int offset, int count) throws CorruptStreamException {
        int node = 1;
        int value = 0;
        for (int i = 0; i < count; i++) {
            int bit = bit(models, offset + node);
            node = (node << 1) | bit;
            value |= bit << i;
        }
        return value;
    }

    /// Decodes a number of `count` bits with fixed probabilities, high bits first.
    int directBits(int count) throws CorruptStreamException {
        int value = 0;
        for (int i = 0; i < count; i++) {
            normalize();
            range >>>= 1;
            int bit = code < range ? 0 : 1;
            code -= range * bit;
            value = (value << 1) | bit;
        }
        return value;
    }

    /// Whether this may be the end of the stream.
    boolean isFinished() throws CorruptStreamException {
        normalize();
        return code == 0;
    }

    /// The offset of the next byte in the compressed data.
    int position() {
        return next;
    }

    private void normalize() throws CorruptStreamException {
        if (range < MIN_RANGE) {
            range <<= Byte.SIZE;
            code = (code << Byte.SIZE) | nextByte();
        }
    }

    private int nextByte() throws CorruptStreamException {
        if (next == in.length) {
            throw truncated();
        }
        return in[next++] & 0xff;
    }

    private static CorruptStreamException truncated() {
        return new CorruptStreamException("the stream is truncated");
    }
}
