package igdrom.formats.cbfs;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;

/// Reads and writes 32-bit big-endian fields.
final class BigEndian {
    private BigEndian() {}

    static long u32(Cursor in, String field) {
        return reverse(in.u32(field));
    }

    static void u32(Emitter out, long value) {
        out.u32(reverse(value));
    }

    private static long reverse(long value) {
        return Integer.reverseBytes((int) value) & 0xffff_ffffL;
    }
}
