package igdrom.formats.fv;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;

/// The header of a file in a volume.
///
/// Spec: PI 1.9 volume 3, "EFI_FFS_FILE_HEADER", "EFI_FFS_FILE_HEADER2".
///
/// @param size of the whole file with header, as the header claims it
/// @param shortSize the 24-bit Size field; of a large file it is not used
/// @param large whether the 64-bit ExtendedSize field follows
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

    /// `FFS_ATTRIB_LARGE_FILE`; in file system 1 the same bit says that a two-byte tail ends the
    /// file.
    static final int ATTRIBUTE_LARGE = 0x01;

    /// `FFS_ATTRIB_CHECKSUM`: fileChecksum is a sum, not a constant.
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
        // Without room for ExtendedSize this is no large file; the caller sees that Size is too
        // big.
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

    /// How many bytes the header itself takes.
    public int length() {
        return large ? LARGE_SIZE : SIZE;
    }

    public FileType type() {
        return FileType.of(typeCode);
    }

    /// What the header's bytes sum up to; 0 when its checksum is right.
    ///
    /// @param header the bytes this was read from
    int headerSum(Image header) {
        // State and the file's checksum are left out: they change after the header is written.
        return (header.slice(0, length()).sum8() - fileChecksum - state) & 0xff;
    }
}
