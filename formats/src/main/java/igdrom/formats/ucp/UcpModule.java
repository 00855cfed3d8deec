package igdrom.formats.ucp;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;

/// A module of a [UcpPackage].
///
/// Source: platomav/BIOSUtilities 70c3a08, "UafHeader", "UafModule".
///
/// @param tag four characters, the first an `@`
/// @param size including the header, according to the header
/// @param checksum as stored: all 16-bit words of the module add up to zero
/// @param unknown six undocumented bytes of the header
/// @param content two sizes and the data
public record UcpModule(Image tag, long size, int checksum, Image unknown, Image content) {
    public static final int HEADER_SIZE = 16;
    private static final int TAG_SIZE = 4;
    private static final int UNKNOWN_SIZE = 6;
    private static final int SIZES = 8;

    /// The maximum number of zeros that a module may omit. If more are missing, it is truncated.
    private static final int MAX_MISSING = 16;

    /// Reads the module at the cursor, which may be truncated after its header.
    ///
    /// @throws MalformedImageException when the header is invalid
    static UcpModule read(Cursor in, Diagnostics diagnostics) {
        long start = in.position();
        Image tag = in.image("ModuleTag", TAG_SIZE);
        long size = in.u32("ModuleSize");
        int checksum = in.u16("Checksum");
        Image unknown = in.image("Unknown", UNKNOWN_SIZE);
        if (tag.u8(0) != '@') {
            throw new MalformedImageException(
                    in.location(),
                    start,
                    "ModuleTag is \"%s\", expected a leading @",
                    tag.latin1());
        }
        if (size < HEADER_SIZE) {
            throw new MalformedImageException(
                    in.location(),
                    start + TAG_SIZE,
                    "ModuleSize is 0x%x, the minimum is 0x%x",
                    size,
                    HEADER_SIZE);
        }
        long left = in.remaining() + HEADER_SIZE;
        if (size > left) {
            diagnostics.broken(
                    in.location(),
                    start + TAG_SIZE,
                    "ModuleSize is 0x%x, only 0x%x bytes are left",
                    size,
                    left);
        }
        Image content = in.image("Content", Math.min(size, left) - HEADER_SIZE);
        return new UcpModule(tag, size, checksum, unknown, content);
    }

    /// Builds a module with a valid checksum.
    ///
    /// @param tag four characters
    static UcpModule of(String tag, Image content) {
        long size = HEADER_SIZE + content.size();
        Image unknown = new Emitter().fill(0, UNKNOWN_SIZE).toImage();
        UcpModule blank = new UcpModule(Image.ofAscii(tag), size, 0, unknown, content);
        Emitter out = new Emitter();
        blank.write(out);
        int checksum = -out.toImage().sum16() & 0xffff;
        return new UcpModule(blank.tag, size, checksum, unknown, content);
    }

    /// Whether the data is compressed, by EFI 1.1 or Tiano.
    public boolean isCompressed() {
        return content.size() >= SIZES && content.u32(0) != content.u32(4);
    }

    /// The input of [igdrom.formats.compress.Codec#decompressEfi], which includes the two sizes.
    /// Zeros that the maker omitted at the end are restored.
    public Image compressedData() {
        long needed = SIZES + content.u32(0);
        long missing = needed - content.size();
        return missing > 0 && missing <= MAX_MISSING
                ? new Emitter().image(content).fill(0, missing).toImage()
                : content;
    }

    /// The uncompressed data, with padding.
    public Image data() {
        return content.from(Math.min(SIZES, content.size()));
    }

    /// The offset of the data from the start of the module.
    public static long dataOffset() {
        return HEADER_SIZE + SIZES;
    }

    /// The size of the module as read.
    public long length() {
        return HEADER_SIZE + content.size();
    }

    public void write(Emitter out) {
        out.image(tag).u32(size).u16(checksum).image(unknown).image(content);
    }
}
