package igdrom.formats.biosguard;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// The header of a [Block].
///
/// Source: platomav/BIOSUtilities 70c3a08, "IntelBiosGuardHeader".
///
/// @param platformId 16 bytes, usually text
public record BlockHeader(
        int versionMajor,
        int versionMinor,
        Image platformId,
        long attributes,
        int scriptVersionMajor,
        int scriptVersionMinor,
        int scriptSize,
        int dataSize,
        long biosSvn,
        long ecSvn,
        long vendorInfo) {
    public static final int SIZE = 0x30;

    /// Attribute SFAM, signed flash address map: a signature follows the data.
    public static final long SIGNED = 1;

    /// The size of the part of the header that all blocks of a package share.
    static final int COMMON_SIZE = 0x14;

    private static final int PLATFORM_SIZE = 16;

    /// Scripts described by public code have about 0x200 bytes.
    private static final int MAX_SCRIPT_SIZE = 0x10000;

    /// The largest flash part in PCs.
    private static final int MAX_DATA_SIZE = 64 << 20;

    static BlockHeader read(Cursor in) {
        return new BlockHeader(
                in.u16("BGVerMajor"),
                in.u16("BGVerMinor"),
                in.image("PlatformID", PLATFORM_SIZE),
                in.u32("Attributes"),
                in.u16("ScriptVerMajor"),
                in.u16("ScriptVerMinor"),
                in.size("ScriptSize", MAX_SCRIPT_SIZE),
                in.size("DataSize", MAX_DATA_SIZE),
                in.u32("BIOSSVN"),
                in.u32("ECSVN"),
                in.u32("VendorInfo"));
    }

    public boolean signed() {
        return (attributes & SIGNED) != 0;
    }

    void write(Emitter out) {
        out.u16(versionMajor)
                .u16(versionMinor)
                .image(platformId)
                .u32(attributes)
                .u16(scriptVersionMajor)
                .u16(scriptVersionMinor)
                .u32(scriptSize)
                .u32(dataSize)
                .u32(biosSvn)
                .u32(ecSvn)
                .u32(vendorInfo);
    }
}
