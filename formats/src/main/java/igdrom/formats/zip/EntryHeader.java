package igdrom.formats.zip;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import java.nio.charset.StandardCharsets;

/// What the directory says about one file.
///
/// Spec: APPNOTE.TXT, 4.3.7 and 4.3.12.
///
/// @param method 0 for stored, 8 for deflated
/// @param offset of the local header
/// @param position of this entry in the archive, for messages
record EntryHeader(
        String name,
        int flags,
        int method,
        long crc32,
        long compressedSize,
        long size,
        long offset,
        long position) {
    static final int STORED = 0;
    static final int DEFLATED = 8;

    private static final Image SIGNATURE = Image.ofHex("504b0102");
    private static final Image LOCAL_SIGNATURE = Image.ofHex("504b0304");
    private static final int VERSION = 20;
    private static final int ENCRYPTED = 1;

    /// 1980-01-01, the first date that the format has: the same files give the same archive.
    private static final int DATE = 0x21;

    static EntryHeader read(Cursor in) {
        long start = in.position();
        in.expect("signature", SIGNATURE);
        in.skip("versions", 4);
        int flags = in.u16("flags");
        int method = in.u16("method");
        in.skip("time and date", 4);
        long crc32 = in.u32("CRC-32");
        long compressedSize = in.u32("compressed size");
        long size = in.u32("size");
        int nameLength = in.u16("length of the name");
        int extraLength = in.u16("length of the extra field");
        int commentLength = in.u16("length of the comment");
        in.skip("disk and attributes", 8);
        long offset = in.u32("offset of the local header");
        String name = text(in.image("name", nameLength));
        in.skip("extra field and comment", extraLength + commentLength);
        EntryHeader entry =
                new EntryHeader(name, flags, method, crc32, compressedSize, size, offset, start);
        entry.check(in);
        return entry;
    }

    private void check(Cursor in) {
        EntryName.check(name, in, position);
        if ((flags & ENCRYPTED) != 0) {
            throw in.malformed(position + 8, "%s is encrypted, which is not supported", name);
        }
        if (method != STORED && method != DEFLATED) {
            throw in.malformed(
                    position + 10, "method of %s is %d, 0 and 8 are supported", name, method);
        }
        if (method == STORED && compressedSize != size) {
            throw in.malformed(
                    position + 20,
                    "%s is stored, but its sizes are 0x%x and 0x%x",
                    name,
                    compressedSize,
                    size);
        }
    }

    boolean isDirectory() {
        return name.endsWith("/");
    }

    /// The data after the local header, which must have the same name.
    Image data(Cursor in) {
        in.seek("offset of the local header", offset);
        in.expect("signature of the local header", LOCAL_SIGNATURE);
        in.skip("fields that the directory has too", 22);
        int nameLength = in.u16("length of the name");
        int extraLength = in.u16("length of the extra field");
        String local = text(in.image("name", nameLength));
        if (!local.equals(name)) {
            throw in.malformed(offset, "the local header has another name than %s", name);
        }
        in.skip("extra field", extraLength);
        return in.image("data of " + name, compressedSize);
    }

    /// Names in the old encoding are ASCII but for those that nobody here can name anyway.
    private static String text(Image name) {
        return new String(name.toByteArray(), StandardCharsets.UTF_8);
    }

    void writeLocal(Emitter out) {
        out.image(LOCAL_SIGNATURE).u16(VERSION);
        writeShared(out);
        out.u16((int) nameBytes().size()).u16(0).image(nameBytes());
    }

    void write(Emitter out) {
        out.image(SIGNATURE).u16(VERSION).u16(VERSION);
        writeShared(out);
        out.u16((int) nameBytes().size()).fill(0, 12).u32(offset).image(nameBytes());
    }

    private void writeShared(Emitter out) {
        out.u16(flags).u16(method).u16(0).u16(DATE).u32(crc32).u32(compressedSize).u32(size);
    }

    private Image nameBytes() {
        return Image.of(name.getBytes(StandardCharsets.UTF_8));
    }
}
