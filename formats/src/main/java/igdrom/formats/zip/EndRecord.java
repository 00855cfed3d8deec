package igdrom.formats.zip;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

/// The end of an archive, which says where its directory is.
///
/// Spec: APPNOTE.TXT, 4.3.16.
///
/// @param entries of the directory
/// @param size of the directory
/// @param offset of the directory
/// @param position of this record itself
record EndRecord(int entries, long size, long offset, long position) {
    private static final Image SIGNATURE = Image.ofHex("504b0506");
    private static final int SIZE = 22;
    private static final int MAX_COMMENT = 0xffff;

    /// Finds the record by the length of its comment, with which the archive ends.
    static EndRecord read(Image archive, Location location) {
        long first = Math.max(0, archive.size() - SIZE - MAX_COMMENT);
        for (long at = archive.size() - SIZE; at >= first; at--) {
            if (archive.matches(at, SIGNATURE)
                    && archive.u16(at + SIZE - 2) == archive.size() - SIZE - at) {
                return read(new Cursor(archive, location).seek("end record", at));
            }
        }
        throw new MalformedImageException(
                location, 0, "no record ends the ZIP archive: it is truncated, or not a ZIP");
    }

    private static EndRecord read(Cursor in) {
        long start = in.position();
        in.expect("signature", SIGNATURE);
        in.expectU16("number of this disk", 0);
        in.expectU16("disk with the central directory", 0);
        int here = in.u16("entries on this disk");
        in.expectU16("entries", here);
        long size = in.u32("size of the central directory");
        long offset = in.u32("offset of the central directory");
        if (size > start || offset > start - size) {
            throw in.malformed(
                    start + 12,
                    "the central directory, 0x%x bytes at 0x%x, exceeds its end record at 0x%x",
                    size,
                    offset,
                    start);
        }
        return new EndRecord(here, size, offset, start);
    }

    void write(Emitter out) {
        out.image(SIGNATURE).u16(0).u16(0).u16(entries).u16(entries).u32(size).u32(offset).u16(0);
    }
}
