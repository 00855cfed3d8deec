package igdrom.formats.compress;

import igdrom.bytes.Cursor;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

/// The header of a gzip file.
///
/// @param size of the header itself, in bytes
///
///   Spec: RFC 1952, "Member format".
record GzipHeader(long size) {
    static final int TRAILER_SIZE = 8;

    private static final Image MAGIC = Image.of(new byte[] {0x1f, (byte) 0x8b});
    private static final int DEFLATE = 8;
    private static final int FLAG_HEADER_CHECKSUM = 1 << 1;
    private static final int FLAG_EXTRA = 1 << 2;
    private static final int FLAG_NAME = 1 << 3;
    private static final int FLAG_COMMENT = 1 << 4;

    static boolean isAt(Image compressed) {
        return compressed.startsWith(MAGIC);
    }

    static GzipHeader read(Image compressed, Location location) {
        Cursor in = new Cursor(compressed, location);
        in.expectU16("ID1 and ID2", 0x8b1f);
        int method = in.u8("CM");
        if (method != DEFLATE) {
            throw new MalformedImageException(location, 2, "CM is %d, expected 8", method);
        }
        int flags = in.u8("FLG");
        in.skip("MTIME, XFL and OS", 6);
        if ((flags & FLAG_EXTRA) != 0) {
            in.skip("Extra Field", in.u16("XLEN"));
        }
        if ((flags & FLAG_NAME) != 0) {
            skipText(in, "File Name");
        }
        if ((flags & FLAG_COMMENT) != 0) {
            skipText(in, "Comment");
        }
        if ((flags & FLAG_HEADER_CHECKSUM) != 0) {
            in.skip("CRC16", 2);
        }
        return new GzipHeader(in.position());
    }

    private static void skipText(Cursor in, String field) {
        while (in.u8(field) != 0) {
            // Continue up to the NUL.
        }
    }
}
