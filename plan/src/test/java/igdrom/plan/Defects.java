package igdrom.plan;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// VBTs in which no driver finds outputs, made from a good one of `VbtBuilder`.
final class Defects {
    private static final int HEADER_SIZE = 0x30;
    private static final int BDB_HEADER_SIZE = 22;

    /// Block 2 follows block 1, which has 10 bytes.
    private static final int DEFINITIONS = HEADER_SIZE + BDB_HEADER_SIZE + 3 + 10;

    private static final int CHILDREN = DEFINITIONS + 3 + 5;

    private Defects() {}

    static Image childrenZeroed(Image vbt) {
        int size = vbt.u16(DEFINITIONS + 1) - 5;
        return patched(vbt, CHILDREN, new Emitter().fill(0, size).toImage());
    }

    static Image blocksZeroed(Image vbt) {
        int at = HEADER_SIZE + BDB_HEADER_SIZE;
        long size = vbt.size() - at;
        return patched(vbt, at, new Emitter().fillTo(size, 0).toImage());
    }

    static Image childSize(Image vbt, int size) {
        return patched(vbt, CHILDREN - 1, new Emitter().u8(size).toImage());
    }

    static Image definitionsSize(Image vbt, int size) {
        return patched(vbt, DEFINITIONS + 1, new Emitter().u16(size).toImage());
    }

    private static Image patched(Image vbt, int at, Image bytes) {
        Image changed =
                new Emitter().image(vbt).patch(at, bytes).patch(0x1a, Image.ofHex("00")).toImage();
        Image sum = new Emitter().u8(-changed.slice(0, changed.u16(0x18)).sum8() & 0xff).toImage();
        return new Emitter().image(changed).patch(0x1a, sum).toImage();
    }
}
