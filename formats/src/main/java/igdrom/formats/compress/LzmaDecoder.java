package igdrom.formats.compress;

import igdrom.bytes.Image;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Decodes an LZMA stream from an array into an array, which is its own dictionary.
///
/// Source: LZMA SDK, "lzma-specification.txt". Our own because the time of reading a firmware image
/// is the time of this loop, and because a damaged stream should give up all that it holds.
final class LzmaDecoder {
    private static final int STATES = 12;
    private static final int POSITION_STATES = 16;
    private static final int LONGEST_MATCH = 273;
    private static final int SHORTEST_MATCH = 2;
    private static final long LEAST_DICTIONARY = 1 << 12;
    private static final int MODEL_BITS = 11;
    private static final int MODEL_TOTAL = 1 << MODEL_BITS;
    private static final int MOVE = 5;
    private static final long TOP = 1 << 24;

    /// The last state that follows a literal.
    private static final int LITERAL_STATES = 7;

    // Where the models of each kind start in the one array of models.
    private static final int IS_MATCH = 0;
    private static final int IS_REP = IS_MATCH + STATES * POSITION_STATES;
    private static final int IS_REP_0 = IS_REP + STATES;
    private static final int IS_REP_1 = IS_REP_0 + STATES;
    private static final int IS_REP_2 = IS_REP_1 + STATES;
    private static final int IS_REP_0_LONG = IS_REP_2 + STATES;
    private static final int SLOTS = IS_REP_0_LONG + STATES * POSITION_STATES;
    private static final int SLOT_MODELS = 64;
    private static final int LENGTH_CLASSES = 4;
    private static final int SPECIAL = SLOTS + LENGTH_CLASSES * SLOT_MODELS;
    private static final int FIRST_MODELLED_SLOT = 4;
    private static final int FIRST_DIRECT_SLOT = 14;
    private static final int SPECIAL_MODELS = 128;
    private static final int ALIGN_BITS = 4;
    private static final int ALIGN = SPECIAL + SPECIAL_MODELS;
    private static final int MATCH_LENGTH = ALIGN + (1 << ALIGN_BITS);

    // Inside the models of a length.
    private static final int CHOICE_2 = 1;
    private static final int LOW = 2;
    private static final int LOW_MODELS = 8;
    private static final int MIDDLE = LOW + POSITION_STATES * LOW_MODELS;
    private static final int HIGH = MIDDLE + POSITION_STATES * LOW_MODELS;
    private static final int HIGH_MODELS = 256;
    private static final int REP_LENGTH = MATCH_LENGTH + HIGH + HIGH_MODELS;

    private static final int LITERAL = REP_LENGTH + HIGH + HIGH_MODELS;
    private static final int LITERAL_MODELS = 0x300;

    /// Zeros behind the stream: no symbol takes more bytes, so the loop may run into them before it
    /// is told.
    private static final int MARGIN = 64;

    /// A byte that a stream may go on with is written before it is told.
    private static final int SPARE = 1;

    private final LzmaHeader header;
    private final byte[] in;
    private final int end;
    private final int size;
    private final int dictionary;
    private final short[] models;
    private final OutputBuffer buffer;
    private byte[] out;
    private int written;
    private int next = LzmaHeader.SIZE;

    /// Both are unsigned 32-bit values.
    private long range = 0xffff_ffffL;

    private long code;
    private int state;
    private int rep0;
    private int rep1;
    private int rep2;
    private int rep3;
    private boolean marker;
    private @Nullable String fault;

    LzmaDecoder(LzmaHeader header, Image compressed, int size, ExpansionBudget budget) {
        this.header = header;
        this.end = (int) compressed.size();
        this.in = new byte[end + MARGIN];
        compressed.copyTo(in, 0);
        this.size = size;
        this.dictionary =
                (int) Math.clamp(header.dictionarySize(), LEAST_DICTIONARY, Integer.MAX_VALUE);
        this.buffer = new OutputBuffer(budget, size, SPARE);
        this.out = buffer.allocate(end);
        int literals =
                LITERAL_MODELS << (header.literalContextBits() + header.literalPositionBits());
        this.models = new short[LITERAL + literals];
        Arrays.fill(models, (short) (MODEL_TOTAL / 2));
    }

    /// Takes the bytes that the range coder starts with.
    void start() throws CorruptStreamException {
        if (end < LzmaHeader.SIZE + 5) {
            throw ended();
        }
        int first = in[next++];
        for (int i = 0; i < Integer.BYTES; i++) {
            code = (code << Byte.SIZE) | (in[next++] & 0xff);
        }
        if (first != 0 || code == range) {
            throw new CorruptStreamException("the first five bytes are invalid for a range coder");
        }
    }

    /// Decodes about `count` bytes more.
    void decode(int count) throws CorruptStreamException {
        if (written > out.length - LONGEST_MATCH && out.length <= size) {
            out = buffer.grow(out);
        }
        int full = out.length > size ? size : out.length - LONGEST_MATCH + 1;
        symbols(Math.min(full, written + count));
        check();
    }

    /// Checks that nothing but an end marker follows, and it need not.
    void finish() throws CorruptStreamException {
        rest();
        if (code != 0) {
            symbols(size + 1);
            check();
            if (!marker) {
                written = size;
                throw new CorruptStreamException("the stream continues after UncompressedSize");
            }
            rest();
            if (code != 0) {
                throw new CorruptStreamException(
                        "the range coder is not finished after the end marker");
            }
        }
    }

    int written() {
        return written;
    }

    /// What was decoded, when no more is.
    ///
    /// @param x86 whether it is filtered code, whose branch targets are made relative again
    Image output(boolean x86) {
        if (x86) {
            X86Branches.toRelative(out, written);
        }
        return buffer.toImage(out, written);
    }

    /// Where in the compressed data the next byte is taken from.
    int position() {
        return Math.min(next, end);
    }

    /// Decodes until `full` bytes are there, or to a fault, the end marker or the stream's end.
    ///
    /// This is where the time goes: fields are in local variables, and the decoding of a bit is
    /// written out at each place. A bit halves `range` in proportion to its model; `code` tells the
    /// half.
    private void symbols(int full) {
        byte[] in = this.in;
        byte[] out = this.out;
        short[] models = this.models;
        int end = this.end;
        long range = this.range;
        long code = this.code;
        int next = this.next;
        int at = written;
        int state = this.state;
        int rep0 = this.rep0;
        int rep1 = this.rep1;
        int rep2 = this.rep2;
        int rep3 = this.rep3;
        int positionMask = (1 << header.positionBits()) - 1;
        int literalMask = (1 << header.literalPositionBits()) - 1;
        int literalContext = header.literalContextBits();
        int before = at;
        int model;
        long bound;
        int index;
        while (at < full && next <= end) {
            before = at;
            int positionState = at & positionMask;
            index = IS_MATCH + state * POSITION_STATES + positionState;
            if (range < TOP) {
                range <<= 8;
                code = (code << 8) | (in[next++] & 0xff);
            }
            model = models[index];
            bound = (range >>> MODEL_BITS) * model;
            if (code < bound) {
                range = bound;
                models[index] = (short) (model + ((MODEL_TOTAL - model) >>> MOVE));
                int previous = at == 0 ? 0 : out[at - 1] & 0xff;
                int base =
                        LITERAL
                                + LITERAL_MODELS
                                        * (((at & literalMask) << literalContext)
                                                + (previous >>> (8 - literalContext)));
                int symbol = 1;
                if (state >= LITERAL_STATES) {
                    int expected = out[at - rep0 - 1] & 0xff;
                    do {
                        int expectedBit = (expected >>> 7) & 1;
                        expected <<= 1;
                        index = base + ((1 + expectedBit) << 8) + symbol;
                        if (range < TOP) {
                            range <<= 8;
                            code = (code << 8) | (in[next++] & 0xff);
                        }
                        model = models[index];
                        bound = (range >>> MODEL_BITS) * model;
                        if (code < bound) {
                            range = bound;
                            models[index] = (short) (model + ((MODEL_TOTAL - model) >>> MOVE));
                            symbol <<= 1;
                            if (expectedBit != 0) {
                                break;
                            }
                        } else {
                            range -= bound;
                            code -= bound;
                            models[index] = (short) (model - (model >>> MOVE));
                            symbol = (symbol << 1) | 1;
                            if (expectedBit == 0) {
                                break;
                            }
                        }
                    } while (symbol < 0x100);
                }
                while (symbol < 0x100) {
                    index = base + symbol;
                    if (range < TOP) {
                        range <<= 8;
                        code = (code << 8) | (in[next++] & 0xff);
                    }
                    model = models[index];
                    bound = (range >>> MODEL_BITS) * model;
                    if (code < bound) {
                        range = bound;
                        models[index] = (short) (model + ((MODEL_TOTAL - model) >>> MOVE));
                        symbol <<= 1;
                    } else {
                        range -= bound;
                        code -= bound;
                        models[index] = (short) (model - (model >>> MOVE));
                        symbol = (symbol << 1) | 1;
                    }
                }
                out[at++] = (byte) symbol;
                state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
                continue;
            } else {
                range -= bound;
                code -= bound;
                models[index] = (short) (model - (model >>> MOVE));
            }

            int lengths = REP_LENGTH;
            boolean fresh = false;
            index = IS_REP + state;
            if (range < TOP) {
                range <<= 8;
                code = (code << 8) | (in[next++] & 0xff);
            }
            model = models[index];
            bound = (range >>> MODEL_BITS) * model;
            if (code < bound) {
                range = bound;
                models[index] = (short) (model + ((MODEL_TOTAL - model) >>> MOVE));
                rep3 = rep2;
                rep2 = rep1;
                rep1 = rep0;
                lengths = MATCH_LENGTH;
                fresh = true;
            } else {
                range -= bound;
                code -= bound;
                models[index] = (short) (model - (model >>> MOVE));
                index = IS_REP_0 + state;
                if (range < TOP) {
                    range <<= 8;
                    code = (code << 8) | (in[next++] & 0xff);
                }
                model = models[index];
                bound = (range >>> MODEL_BITS) * model;
                if (code < bound) {
                    range = bound;
                    models[index] = (short) (model + ((MODEL_TOTAL - model) >>> MOVE));
                    index = IS_REP_0_LONG + state * POSITION_STATES + positionState;
                    if (range < TOP) {
                        range <<= 8;
                        code = (code << 8) | (in[next++] & 0xff);
                    }
                    model = models[index];
                    bound = (range >>> MODEL_BITS) * model;
                    if (code < bound) {
                        range = bound;
                        models[index] = (short) (model + ((MODEL_TOTAL - model) >>> MOVE));
                        if (rep0 >= at) {
                            fault = tooFar(at, rep0);
                            break;
                        }
                        out[at] = out[at - rep0 - 1];
                        at++;
                        state = state < LITERAL_STATES ? 9 : 11;
                        continue;
                    } else {
                        range -= bound;
                        code -= bound;
                        models[index] = (short) (model - (model >>> MOVE));
                    }
                } else {
                    range -= bound;
                    code -= bound;
                    models[index] = (short) (model - (model >>> MOVE));
                    index = IS_REP_1 + state;
                    int distance;
                    if (range < TOP) {
                        range <<= 8;
                        code = (code << 8) | (in[next++] & 0xff);
                    }
                    model = models[index];
                    bound = (range >>> MODEL_BITS) * model;
                    if (code < bound) {
                        range = bound;
                        models[index] = (short) (model + ((MODEL_TOTAL - model) >>> MOVE));
                        distance = rep1;
                    } else {
                        range -= bound;
                        code -= bound;
                        models[index] = (short) (model - (model >>> MOVE));
                        index = IS_REP_2 + state;
                        if (range < TOP) {
                            range <<= 8;
                            code = (code << 8) | (in[next++] & 0xff);
                        }
                        model = models[index];
                        bound = (range >>> MODEL_BITS) * model;
                        if (code < bound) {
                            range = bound;
                            models[index] = (short) (model + ((MODEL_TOTAL - model) >>> MOVE));
                            distance = rep2;
                        } else {
                            range -= bound;
                            code -= bound;
                            models[index] = (short) (model - (model >>> MOVE));
                            distance = rep3;
                            rep3 = rep2;
                        }

                        rep2 = rep1;
                    }

                    rep1 = rep0;
                    rep0 = distance;
                }
            }

            int length;
            int tree;
            int top;
            index = lengths;
            if (range < TOP) {
                range <<= 8;
                code = (code << 8) | (in[next++] & 0xff);
            }
            model = models[index];
            bound = (range >>> MODEL_BITS) * model;
            if (code < bound) {
                range = bound;
                models[index] = (short) (model + ((MODEL_TOTAL - model) >>> MOVE));
                tree = lengths + LOW + positionState * LOW_MODELS;
                top = LOW_MODELS;
                length = SHORTEST_MATCH - LOW_MODELS;
            } else {
                range -= bound;
                code -= bound;
                models[index] = (short) (model - (model >>> MOVE));
                index = lengths + CHOICE_2;
                if (range < TOP) {
                    range <<= 8;
                    code = (code << 8) | (in[next++] & 0xff);
                }
                model = models[index];
                bound = (range >>> MODEL_BITS) * model;
                if (code < bound) {
                    range = bound;
                    models[index] = (short) (model + ((MODEL_TOTAL - model) >>> MOVE));
                    tree = lengths + MIDDLE + positionState * LOW_MODELS;
                    top = LOW_MODELS;
                    length = SHORTEST_MATCH;
                } else {
                    range -= bound;
                    code -= bound;
                    models[index] = (short) (model - (model >>> MOVE));
                    tree = lengths + HIGH;
                    top = HIGH_MODELS;
                    length = SHORTEST_MATCH + 2 * LOW_MODELS - HIGH_MODELS;
                }
            }

            int node = 1;
            do {
                index = tree + node;
                if (range < TOP) {
                    range <<= 8;
                    code = (code << 8) | (in[next++] & 0xff);
                }
                model = models[index];
                bound = (range >>> MODEL_BITS) * model;
                if (code < bound) {
                    range = bound;
                    models[index] = (short) (model + ((MODEL_TOTAL - model) >>> MOVE));
                    node <<= 1;
                } else {
                    range -= bound;
                    code -= bound;
                    models[index] = (short) (model - (model >>> MOVE));
                    node = (node << 1) | 1;
                }
            } while (node < top);
            length += node;
            if (fresh) {
                int lengthClass = Math.min(length - SHORTEST_MATCH, LENGTH_CLASSES - 1);
                tree = SLOTS + lengthClass * SLOT_MODELS;
                node = 1;
                do {
                    index = tree + node;
                    if (range < TOP) {
                        range <<= 8;
                        code = (code << 8) | (in[next++] & 0xff);
                    }
                    model = models[index];
                    bound = (range >>> MODEL_BITS) * model;
                    if (code < bound) {
                        range = bound;
                        models[index] = (short) (model + ((MODEL_TOTAL - model) >>> MOVE));
                        node <<= 1;
                    } else {
                        range -= bound;
                        code -= bound;
                        models[index] = (short) (model - (model >>> MOVE));
                        node = (node << 1) | 1;
                    }
                } while (node < SLOT_MODELS);
                int slot = node - SLOT_MODELS;
                rep0 = slot;
                if (slot >= FIRST_MODELLED_SLOT) {
                    int low = (slot >>> 1) - 1;
                    rep0 = (2 | (slot & 1)) << low;
                    if (slot < FIRST_DIRECT_SLOT) {
                        tree = SPECIAL + rep0 - slot;
                    } else {
                        int direct = 0;
                        for (int i = low - ALIGN_BITS; i > 0; i--) {
                            if (range < TOP) {
                                range <<= 8;
                                code = (code << 8) | (in[next++] & 0xff);
                            }

                            range >>>= 1;
                            direct <<= 1;
                            if (code >= range) {
                                code -= range;
                                direct |= 1;
                            }
                        }
                        rep0 += direct << ALIGN_BITS;
                        tree = ALIGN;
                        low = ALIGN_BITS;
                    }
                    node = 1;
                    for (int i = 0; i < low; i++) {
                        index = tree + node;
                        if (range < TOP) {
                            range <<= 8;
                            code = (code << 8) | (in[next++] & 0xff);
                        }
                        model = models[index];
                        bound = (range >>> MODEL_BITS) * model;
                        if (code < bound) {
                            range = bound;
                            models[index] = (short) (model + ((MODEL_TOTAL - model) >>> MOVE));
                            node <<= 1;
                        } else {
                            range -= bound;
                            code -= bound;
                            models[index] = (short) (model - (model >>> MOVE));
                            node = (node << 1) | 1;
                            rep0 += 1 << i;
                        }
                    }
                    if (rep0 == -1) {
                        marker = true;
                        break;
                    }
                }
                state = state < LITERAL_STATES ? 7 : 10;
            } else {
                state = state < LITERAL_STATES ? 8 : 11;
            }
            if (rep0 < 0 || rep0 >= at || rep0 >= dictionary) {
                fault = tooFar(at, rep0);
                break;
            }
            int stop = at + length;
            if (stop > size) {
                fault = String.format("a match of 0x%x bytes exceeds UncompressedSize", length);
                break;
            }
            int from = at - rep0 - 1;
            do {
                out[at++] = out[from++];
            } while (at < stop);
        }
        this.range = range;
        this.code = code;
        this.next = next;
        this.written = next > end ? before : at;
        this.state = state;
        this.rep0 = rep0;
        this.rep1 = rep1;
        this.rep2 = rep2;
        this.rep3 = rep3;
    }

    private String tooFar(int at, int distance) {
        return String.format(
                "match distance is 0x%x, the maximum is 0x%x",
                (distance & 0xffff_ffffL) + 1, Math.min(at, dictionary));
    }

    private void rest() throws CorruptStreamException {
        if (range < TOP) {
            range <<= 8;
            code = (code << 8) | (in[next++] & 0xff);
        }
        if (next > end) {
            throw ended();
        }
    }

    private void check() throws CorruptStreamException {
        if (next > end) {
            throw ended();
        }
        if (fault != null) {
            throw new CorruptStreamException("%s", fault);
        }
        if (marker && written < size) {
            throw new CorruptStreamException("end marker after 0x%x of 0x%x bytes", written, size);
        }
    }

    private CorruptStreamException ended() {
        return new CorruptStreamException(
                "the stream is truncated after 0x%x of 0x%x bytes", written, size);
    }
}
