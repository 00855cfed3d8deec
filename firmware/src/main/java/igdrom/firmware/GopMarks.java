package igdrom.firmware;

import igdrom.bytes.Image;
import igdrom.firmware.gop.Gop;

/// Where in data the text stands that every GOP has, so that of many programs in it each need not
/// be searched.
///
/// For one thread that asks for places that never go back.
final class GopMarks {
    private final Image data;

    /// The text's next place among the even and the odd offsets, -1 when there is none; it is
    /// aligned to two bytes from the start of a program, wherever that is.
    private final long[] next = new long[2];

    private final boolean[] known = new boolean[2];

    GopMarks(Image data) {
        this.data = data;
    }

    /// Whether a program from `start` to `end` has the text.
    boolean isIn(long start, long end) {
        int parity = (int) start & 1;
        if (!known[parity] || (next[parity] >= 0 && next[parity] < start)) {
            next[parity] = Gop.indexOfMark(data, start);
            known[parity] = true;
        }
        return next[parity] >= 0 && next[parity] + Gop.MARK_BYTES <= end;
    }
}
