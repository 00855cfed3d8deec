package igdrom.formats.compress;

import igdrom.bytes.Image;

/// Decodes an LZMA stream. The output is its own dictionary.
///
/// Source: LZMA SDK, "lzma-specification.txt", whose names the models have. Unlike decoders of
/// libraries, this one returns all bytes before a fault, and accepts a stream of known size with or
/// without an end marker.
final class LzmaDecoder {
    private static final int STATES = 12;
    private static final int MIN_MATCH = 2;
    private static final int MAX_MATCH = 273;
    private static final int MIN_DICTIONARY_SIZE = 1 << 12;
    private static final int END_MARKER = -1;

    /// States below this one follow a literal.
    private static final int MIN_MATCH_STATE = 7;

    private static final int MAX_POSITION_BITS = 4;
    private static final int LITERAL_MODELS = 0x300;

    private static final int LOW_LENGTH_BITS = 3;
    private static final int HIGH_LENGTH_BITS = 8;
    private static final int LENGTH_CLASSES = 4;
    private static final int SLOT_BITS = 6;
    private static final int MIN_MODEL_SLOT = 4;
    private static final int MIN_DIRECT_SLOT = 14;
    private static final int DISTANCE_MODELS = 1 + 128 - MIN_DIRECT_SLOT;
    private static final int ALIGN_BITS = 4;

    private final int literalContextBits;
    private final int literalPositionMask;
    private final int positionMask;
    private final int size;
    private final int dictionarySize;
    private final OutputBuffer buffer;
    private byte[] out;
    private int written;

    private final RangeDecoder range;
    private final short[] literals;
    private final short[] isMatch = RangeDecoder.models(STATES << MAX_POSITION_BITS);
    private final short[] isRep = RangeDecoder.models(STATES);
    private final short[] isRepG0 = RangeDecoder.models(STATES);
    private final short[] isRepG1 = RangeDecoder.models(STATES);
    private final short[] isRepG2 = RangeDecoder.models(STATES);
    private final short[] isRep0Long = RangeDecoder.models(STATES << MAX_POSITION_BITS);
    private final LengthModels matchLengths = new LengthModels();
    private final LengthModels repLengths = new LengthModels();
    private final short[] slots = RangeDecoder.models(LENGTH_CLASSES << SLOT_BITS);
    private final short[] distances = RangeDecoder.models(DISTANCE_MODELS);
    private final short[] align = RangeDecoder.models(1 << ALIGN_BITS);

    private int state;

    /// The last four distances, less one.
    private int rep0;

    private int rep1;
    private int rep2;
    private int rep3;

    /// The models of a match length. Short lengths have models per position.
    private static final class LengthModels {
        final short[] choice = RangeDecoder.models(2);
        final short[] low = RangeDecoder.models(1 << (MAX_POSITION_BITS + LOW_LENGTH_BITS));
        final short[] middle = RangeDecoder.models(1 << (MAX_POSITION_BITS + LOW_LENGTH_BITS));
        final short[] high = RangeDecoder.models(1 << HIGH_LENGTH_BITS);
    }

    LzmaDecoder(LzmaHeader header, Image compressed, int size, ExpansionBudget budget) {
        this.literalContextBits = header.literalContextBits();
        this.literalPositionMask = (1 << header.literalPositionBits()) - 1;
        this.positionMask = (1 << header.positionBits()) - 1;
        this.size = size;
        this.dictionarySize =
                Math.clamp(header.dictionarySize(), MIN_DICTIONARY_SIZE, Integer.MAX_VALUE);
        this.buffer = new OutputBuffer(budget, size, 0);
        this.out = buffer.allocate(compressed.size());
        this.range = new RangeDecoder(compressed, LzmaHeader.SIZE);
        this.literals =
                RangeDecoder.models(
                        LITERAL_MODELS
                                << (header.literalContextBits() + header.literalPositionBits()));
    }

    /// Decodes the whole stream, up to the promised size.
    void decode() throws CorruptStreamException {
        range.start();
        while (written < size) {
            if (written > out.length - MAX_MATCH && out.length < size) {
                out = buffer.grow(out);
            }
            decodeSymbol();
        }
        if (!range.isFinished()) {
            decodeEndMarker();
        }
    }

    /// The decoded bytes, when no more will follow.
    ///
    /// @param x86 whether to restore filtered x86 code
    Image output(boolean x86) {
        if (x86) {
            X86Branches.toRelative(out, written);
        }
        return buffer.toImage(out, written);
    }

    /// The offset in the compressed data of the next byte to decode.
    int position() {
        return range.position();
    }

    private void decodeSymbol() throws CorruptStreamException {
        int positionState = written & positionMask;
        if (range.bit(isMatch, modelIndex(positionState)) == 0) {
            decodeLiteral();
        } else if (range.bit(isRep, state) == 0) {
            decodeMatch(positionState);
        } else {
            decodeRepeatedMatch(positionState);
        }
    }

    private int modelIndex(int positionState) {
        return (state << MAX_POSITION_BITS) + positionState;
    }

    private void decodeLiteral() throws CorruptStreamException {
        int previous = written == 0 ? 0 : out[written - 1] & 0xff;
        int context =
                ((written & literalPositionMask) << literalContextBits)
                        + (previous >>> (Byte.SIZE - literalContextBits));
        int offset = context * LITERAL_MODELS;
        int literal =
                state < MIN_MATCH_STATE
                        ? range.bitTree(literals, offset, Byte.SIZE)
                        : decodeLiteralAfterMatch(offset);
        out[written++] = (byte) literal;
        state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
    }

    /// Decodes a literal that follows a match. The byte at the distance of the match is not the
    /// literal, but may share its high bits: it selects the models up to the first other bit.
    private int decodeLiteralAfterMatch(int offset) throws CorruptStreamException {
        int matchByte = out[written - rep0 - 1];
        int symbol = 1;
        int matchBit;
        int bit;
        do {
            matchBit = (matchByte >>> 7) & 1;
            matchByte <<= 1;
            bit = range.bit(literals, offset + ((1 + matchBit) << 8) + symbol);
            symbol = (symbol << 1) | bit;
        } while (symbol < 0x100 && bit == matchBit);
        while (symbol < 0x100) {
            symbol = (symbol << 1) | range.bit(literals, offset + symbol);
        }
        return symbol;
    }

    private void decodeMatch(int positionState) throws CorruptStreamException {
        int length = decodeLength(matchLengths, positionState);
        rep3 = rep2;
        rep2 = rep1;
        rep1 = rep0;
        rep0 = decodeDistance(length);
        if (rep0 == END_MARKER) {
            throw new CorruptStreamException("end marker after 0x%x of 0x%x bytes", written, size);
        }
        state = state < MIN_MATCH_STATE ? 7 : 10;
        copyMatch(length);
    }

    /// Decodes a match at one of the last four distances.
    private void decodeRepeatedMatch(int positionState) throws CorruptStreamException {
        if (range.bit(isRepG0, state) == 0) {
            if (range.bit(isRep0Long, modelIndex(positionState)) == 0) {
                state = state < MIN_MATCH_STATE ? 9 : 11;
                copyMatch(1);
                return;
            }
        } else {
            int distance;
            if (range.bit(isRepG1, state) == 0) {
                distance = rep1;
            } else {
                if (range.bit(isRepG2, state) == 0) {
                    distance = rep2;
                } else {
                    distance = rep3;
                    rep3 = rep2;
                }
                rep2 = rep1;
            }
            rep1 = rep0;
            rep0 = distance;
        }
        int length = decodeLength(repLengths, positionState);
        state = state < MIN_MATCH_STATE ? 8 : 11;
        copyMatch(length);
    }

    private int decodeLength(LengthModels models, int positionState) throws CorruptStreamException {
        int offset = positionState << LOW_LENGTH_BITS;
        if (range.bit(models.choice, 0) == 0) {
            return MIN_MATCH + range.bitTree(models.low, offset, LOW_LENGTH_BITS);
        }
        if (range.bit(models.choice, 1) == 0) {
            return MIN_MATCH
                    + (1 << LOW_LENGTH_BITS)
                    + range.bitTree(models.middle, offset, LOW_LENGTH_BITS);
        }
        return MIN_MATCH + (2 << LOW_LENGTH_BITS) + range.bitTree(models.high, 0, HIGH_LENGTH_BITS);
    }

    /// Decodes a distance, less one.
    private int decodeDistance(int length) throws CorruptStreamException {
        int lengthClass = Math.min(length - MIN_MATCH, LENGTH_CLASSES - 1);
        int slot = range.bitTree(slots, lengthClass << SLOT_BITS, SLOT_BITS);
        if (slot < MIN_MODEL_SLOT) {
            return slot;
        }
        int lowBits = (slot >>> 1) - 1;
        int distance = (2 | (slot & 1)) << lowBits;
        if (slot < MIN_DIRECT_SLOT) {
            return distance + range.reverseBitTree(distances, distance - slot, lowBits);
        }
        return distance
                + (range.directBits(lowBits - ALIGN_BITS) << ALIGN_BITS)
                + range.reverseBitTree(align, 0, ALIGN_BITS);
    }

    private void copyMatch(int length) throws CorruptStreamException {
        if (rep0 < 0 || rep0 >= written || rep0 >= dictionarySize) {
            throw new CorruptStreamException(
                    "match distance is 0x%x, the maximum is 0x%x",
                    (rep0 & 0xffff_ffffL) + 1, Math.min(written, dictionarySize));
        }
        if (length > size - written) {
            throw new CorruptStreamException(
                    "a match of 0x%x bytes exceeds UncompressedSize", length);
        }
        int to = written;
        int from = to - rep0 - 1;
        int end = to + length;
        while (to < end) {
            out[to++] = out[from++];
        }
        written = end;
    }

    /// Decodes the only symbol that is allowed after the last byte.
    private void decodeEndMarker() throws CorruptStreamException {
        int positionState = written & positionMask;
        boolean endMarker =
                range.bit(isMatch, modelIndex(positionState)) == 1
                        && range.bit(isRep, state) == 0
                        && decodeDistance(decodeLength(matchLengths, positionState)) == END_MARKER;
        if (!endMarker) {
            throw new CorruptStreamException("the stream continues after UncompressedSize");
        }
        if (!range.isFinished()) {
            throw new CorruptStreamException(
                    "the range coder is not finished after the end marker");
        }
    }
}
