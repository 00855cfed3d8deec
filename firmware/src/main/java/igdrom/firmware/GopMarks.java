package igdrom.firmware;

import igdrom.bytes.Image;
import igdrom.firmware.gop.Gop;

/// Finds the text that every GOP has, once for all programs in the same data.
///
/// Belongs to one thread. Successive calls must ask for ascending starts.
final class GopMarks {
    private final Image data;

    /// The text's next even and next odd offset, -1 when there is none. The text is aligned to two
    /// bytes from the start of the program, which may be odd.
    private final long[] next = new long[2];

    private final boolean[] known = new boolean[2];

    GopMarks(Image data) {
        this.data = data;
    }

    /// Whether a program from `start` to `end` contains the text.
    boolean isIn(long start, long end) {
        int parity = (int) start & 1;
        if (!known[parity] || (next[parity] >= 0 && next[parity] < start)) {
            next[parity] = Gop.indexOfMark(data, start);
            known[parity] = true;
        }
        return next[parity] >= 0 && next[parity] + Gop.MARK_BYTES <= end;
    }
}
