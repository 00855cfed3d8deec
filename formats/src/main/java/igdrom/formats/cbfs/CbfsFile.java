package igdrom.formats.cbfs;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

/// A file in a coreboot file system (CBFS).
///
/// Spec: coreboot cbfs_serialized.h, "struct cbfs_file".
///
/// @param length of the data, as the header claims it
/// @param type [#PAYLOAD], or any other
/// @param attributesOffset from the start of the header, 0 without attributes
/// @param dataOffset from the start of the header
/// @param names the bytes between fixed header and data: the name, its padding, the attributes
/// @param compression [#NOT_COMPRESSED], [#LZMA], [#LZ4], or an unknown one
/// @param decompressedSize as the compression attribute claims it; 0 without one
public record CbfsFile(
        long length,
        long type,
        long attributesOffset,
        long dataOffset,
        Image names,
        long compression,
        long decompressedSize,
        Image data) {

    /// The type of a payload, whose data starts with segments: [PayloadSegment].
    public static final long PAYLOAD = 0x20;

    public static final long NOT_COMPRESSED = 0;
    public static final long LZMA = 1;
    public static final long LZ4 = 2;

    /// Every file starts at a multiple of this.
    public static final int ALIGNMENT = 64;

    private static final Image SIGNATURE = Image.ofAscii("LARCHIVE");
    private static final int FIXED_SIZE = 24;
    private static final int DATA_OFFSET_OFFSET = 20;

    /// The tools of coreboot write headers of a few hundred bytes.
    private static final int MAX_DATA_OFFSET = 0x1000;

    private static final long TAG_COMPRESSION = 0x42435a4cL;
    private static final int TAG_SIZE = 8;

    /// Whether a file starts at `offset`: the signature, and a plausible offset of the data.
    public static boolean looksLikeFile(Image image, long offset) {
        if (offset > image.size() - FIXED_SIZE || !image.matches(offset, SIGNATURE)) {
            return false;
        }
        int dataOffset = Integer.reverseBytes((int) image.u32(offset + DATA_OFFSET_OFFSET));
        return dataOffset >= FIXED_SIZE && dataOffset <= MAX_DATA_OFFSET;
    }

    /// Reads the file at the start of `image`, which may be longer than the file, or truncated.
    ///
    /// @throws MalformedImageException when the header is invalid
    public static CbfsFile read(Image image, Location location, Diagnostics diagnostics) {
        Cursor in = new Cursor(image, location);
        in.expect("Magic", SIGNATURE);
        long length = BigEndian.u32(in, "Len");
        long type = BigEndian.u32(in, "Type");
        long attributesOffset = BigEndian.u32(in, "AttributesOffset");
        long dataOffset = BigEndian.u32(in, "Offset");
        if (dataOffset < FIXED_SIZE || dataOffset > MAX_DATA_OFFSET) {
            throw new MalformedImageException(
                    location,
                    20,
                    "Offset is 0x%x, expected 0x%x to 0x%x",
                    dataOffset,
                    FIXED_SIZE,
                    MAX_DATA_OFFSET);
        }
        Image names = in.image("Filename", dataOffset - FIXED_SIZE);
        long left = Math.min(length, in.remaining());
        if (left < length) {
            diagnostics.broken(location, 8, "Len is 0x%x, only 0x%x bytes are left", length, left);
        }
        Image data = in.image("Data", left);
        long compression = NOT_COMPRESSED;
        long decompressedSize = 0;
        if (attributesOffset != 0) {
            Cursor attribute = compressionAttribute(in, attributesOffset, dataOffset, diagnostics);
            if (attribute.remaining() > 0) {
                compression = BigEndian.u32(attribute, "Compression");
                decompressedSize = BigEndian.u32(attribute, "DecompressedSize");
            }
        }
        return new CbfsFile(
                length,
                type,
                attributesOffset,
                dataOffset,
                names,
                compression,
                decompressedSize,
                data);
    }

    /// The content of the compression attribute; empty without such an attribute.
    private static Cursor compressionAttribute(
            Cursor file, long attributesOffset, long dataOffset, Diagnostics diagnostics) {
        Image header = file.image().slice(0, dataOffset);
        Cursor in = new Cursor(header, file.location());
        try {
            in.seek("AttributesOffset", attributesOffset);
            while (in.remaining() >= TAG_SIZE) {
                long at = in.position();
                long tag = BigEndian.u32(in, "Tag");
                long size = BigEndian.u32(in, "Len");
                if (size < TAG_SIZE) {
                    break;
                }
                Image attribute = in.image("Attribute", size - TAG_SIZE);
                if (tag == TAG_COMPRESSION && attribute.size() >= 8) {
                    return new Cursor(attribute, file.location().in("attribute", at));
                }
            }
        } catch (MalformedImageException e) {
            diagnostics.add(Diagnostic.odd(e.location(), e.offset(), e.problem()));
        }
        return new Cursor(Image.EMPTY, file.location());
    }

    /// The name of the file, without padding.
    public String name() {
        long end = names.indexOf(0, 0);
        return names.slice(0, end < 0 ? names.size() : end).latin1();
    }

    public long size() {
        return dataOffset + data.size();
    }

    public void write(Emitter out) {
        out.image(SIGNATURE);
        BigEndian.u32(out, length);
        BigEndian.u32(out, type);
        BigEndian.u32(out, attributesOffset);
        BigEndian.u32(out, dataOffset);
        out.image(names).image(data);
    }
}
