package igdrom.formats.fv;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;

/// The header of a file in a volume.
///
/// Spec: PI 1.9 volume 3, "EFI_FFS_FILE_HEADER", "EFI_FFS_FILE_HEADER2".
///
/// @param shortSize the 24-bit Size field, unused in a large file
/// @param large whether the 64-bit ExtendedSize field follows
/// @param size of the file including the header, according to the header
public record FfsHeader(
        Guid name,
        int headerChecksum,
        int fileChecksum,
        int typeCode,
        int attributes,
        int shortSize,
        int state,
        boolean large,
        long size) {

    static final int SIZE = 24;
    static final int LARGE_SIZE = 32;

    /// `FFS_ATTRIB_LARGE_FILE`. In file system 1 the same bit means that the file ends with a
    /// two-byte tail.
    static final int ATTRIBUTE_LARGE = 0x01;

    /// `FFS_ATTRIB_CHECKSUM`: the file checksum is computed, not a constant.
    static final int ATTRIBUTE_CHECKSUM = 0x40;

    static final int NO_CHECKSUM = 0xaa;
    static final int NO_CHECKSUM_FFS1 = 0x5a;

    static FfsHeader read(Cursor in, FileSystem system) {
        Guid name = in.guid("Name");
        int headerChecksum = in.u8("IntegrityCheck.Header");
        int fileChecksum = in.u8("IntegrityCheck.File");
        int type = in.u8("Type");
        int attributes = in.u8("Attributes");
        int shortSize = in.u24("Size");
        int state = in.u8("State");
        // A header without room for ExtendedSize is read as a short one, so that the caller
        // reports its Size.
        boolean large =
                system == FileSystem.FFS3
                        && (attributes & ATTRIBUTE_LARGE) != 0
                        && in.remaining() >= LARGE_SIZE - SIZE;
        long size = large ? in.u64("ExtendedSize") : shortSize;
        return new FfsHeader(
                name,
                headerChecksum,
                fileChecksum,
                type,
                attributes,
                shortSize,
                state,
                large,
                size);
    }

    void write(Emitter out) {
        out.guid(name)
                .u8(headerChecksum)
                .u8(fileChecksum)
                .u8(typeCode)
                .u8(attributes)
                .u24(shortSize)
                .u8(state);
        if (large) {
            out.u64(size);
        }
    }

    /// The size of the header itself.
    public int length() {
        return large ? LARGE_SIZE : SIZE;
    }

    public FileType type() {
        return FileType.of(typeCode);
    }

    /// The sum of the header's bytes modulo 256: 0 when its checksum is right.
    ///
    /// @param header the bytes that this header was read from
    int headerSum(Image header) {
        // State and file checksum change after the header is written, so they are excluded.
        return (header.slice(0, length()).sum8() - fileChecksum - state) & 0xff;
    }
}
