package igdrom.formats.cbfs;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

/// A file in a CBFS.
///
/// Spec: coreboot cbfs_serialized.h, "struct cbfs_file".
///
/// @param length of the data, as the header claims it
/// @param type see [#PAYLOAD]; others are not told apart
/// @param attributesOffset from the header's start, 0 for none
/// @param dataOffset from the header's start
/// @param names the bytes from the fixed header to the data: the name, its padding, the attributes
/// @param compression see [#LZMA]
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

    /// The type of a payload, whose data begins with segments: [PayloadSegment].
    public static final long PAYLOAD = 0x20;

    public static final long NOT_COMPRESSED = 0;
    public static final long LZMA = 1;
    public static final long LZ4 = 2;

    /// Files begin at multiples of this.
    public static final int ALIGNMENT = 64;

    private static final Image SIGNATURE = Image.ofAscii("LARCHIVE");
    private static final int FIXED_SIZE = 24;
    private static final int OFFSET_AT = 20;

    /// coreboot's own tools write headers of a few hundred bytes.
    private static final int MAX_DATA_OFFSET = 0x1000;

    private static final long TAG_COMPRESSION = 0x42435a4cL;
    private static final int TAG_SIZE = 8;

    /// Whether a file begins at `offset`: the signature is there and the data begins where it may.
    public static boolean looksLikeFile(Image image, long offset) {
        if (offset > image.size() - FIXED_SIZE || !image.matches(offset, SIGNATURE)) {
            return false;
        }
        int dataOffset = Integer.reverseBytes((int) image.u32(offset + OFFSET_AT));
        return dataOffset >= FIXED_SIZE && dataOffset <= MAX_DATA_OFFSET;
    }

    /// Reads the file at the start of `image`, which may be longer than the file and may be cut
    /// off.
    ///
    /// @throws MalformedImageException when the header makes no sense
    public static CbfsFile read(Image image, Location location, Diagnostics diagnostics) {
        Cursor in = new Cursor(image, location);
        in.expect("Magic", SIGNATURE);
        long length = BigEndian.u32(in, "Len");
        long type = BigEndian.u32(in, "Type");
        long attributesOffset = BigEndian.u32(in, "AttributesOffset");
        long dataOffset = BigEndian.u32(in, "Offset");
        if (dataOffset < FIXED_SIZE || dataOffset > MAX_DATA_OFFSET) {
            throw in.malformed(
                    20,
                    String.format(
                            "Offset is 0x%x, it must be 0x%x to 0x%x",
                            dataOffset, FIXED_SIZE, MAX_DATA_OFFSET));
        }
        Image names = in.image("Filename", dataOffset - FIXED_SIZE);
        long there = Math.min(length, in.remaining());
        if (there < length) {
            diagnostics.add(
                    Diagnostic.broken(
                            location,
                            8,
                            String.format("Len is 0x%x, only 0x%x bytes are left", length, there)));
        }
        Image data = in.image("Data", there);
        long compression = NOT_COMPRESSED;
        long decompressedSize = 0;
        if (attributesOffset != 0) {
            Cursor attribute = compression(in, attributesOffset, dataOffset, diagnostics);
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

    /// What the compression attribute holds; nothing when there is no such attribute.
    private static Cursor compression(
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

    /// The file's name, without the padding behind it.
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
