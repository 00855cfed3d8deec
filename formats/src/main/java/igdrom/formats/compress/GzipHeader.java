package igdrom.formats.compress;

import igdrom.bytes.Cursor;
import igdrom.bytes.Image;
import igdrom.bytes.Location;

/// What stands before a deflate stream in gzip.
///
/// Spec: RFC 1952, "Member format".
record GzipHeader(long size) {
    static final int TRAILER_SIZE = 8;

    private static final Image MAGIC = Image.of(new byte[] {0x1f, (byte) 0x8b});
    private static final int DEFLATE = 8;
    private static final int HEADER_CHECKSUM = 1 << 1;
    private static final int EXTRA = 1 << 2;
    private static final int NAME = 1 << 3;
    private static final int COMMENT = 1 << 4;

    static boolean isAt(Image packed) {
        return packed.startsWith(MAGIC);
    }

    static GzipHeader read(Image packed, Location location) {
        Cursor in = new Cursor(packed, location);
        in.expectU16("ID1 and ID2", 0x8b1f);
        int method = in.u8("CM");
        if (method != DEFLATE) {
            throw in.malformed(2, String.format("CM is %d, not 8", method));
        }
        int flags = in.u8("FLG");
        in.skip("MTIME, XFL and OS", 6);
        if ((flags & EXTRA) != 0) {
            in.skip("Extra Field", in.u16("XLEN"));
        }
        if ((flags & NAME) != 0) {
            skipText(in, "File Name");
        }
        if ((flags & COMMENT) != 0) {
            skipText(in, "Comment");
        }
        if ((flags & HEADER_CHECKSUM) != 0) {
            in.skip("CRC16", 2);
        }
        return new GzipHeader(in.position());
    }

    private static void skipText(Cursor in, String field) {
        while (in.u8(field) != 0) {
            // Up to the NUL.
        }
    }
}
