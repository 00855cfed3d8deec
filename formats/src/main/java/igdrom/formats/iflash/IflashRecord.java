package igdrom.formats.iflash;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

/// A record of an Insyde update.
///
/// Source: platomav/BIOSUtilities 70c3a08, "IflashHeader". The total includes the header in files
/// of some vendors (a public note on the files of the Steam Deck), so only the size of the data is
/// relied upon.
///
/// @param tag the type of the data, `_BIOSIMG` for the BIOS
/// @param totalSize of the data including padding, as stored
/// @param imageSize of the data, as the header claims it
public record IflashRecord(Image tag, long totalSize, long imageSize, Image data) {
    private static final Image SIGNATURE = Image.ofAscii("$_IFLASH");
    private static final int TAG_SIZE = 8;
    public static final int HEADER_SIZE = 24;

    /// Programs that process such files contain the signature too, followed by text. Text that is
    /// read as a size exceeds this limit.
    private static final long MAX_SIZE = 256 << 20;

    /// Whether a record starts at `offset`.
    public static boolean looksLikeRecord(Image image, long offset) {
        if (offset > image.size() - HEADER_SIZE || !image.matches(offset, SIGNATURE)) {
            return false;
        }
        long total = image.u32(offset + 16);
        long size = image.u32(offset + 20);
        return size > 0 && total >= size && total <= MAX_SIZE;
    }

    /// Builds a record whose total does not include the header.
    ///
    /// @param tag eight characters
    public static IflashRecord of(String tag, Image data) {
        return new IflashRecord(Image.ofAscii(tag), data.size(), data.size(), data);
    }

    /// Reads the record at the start of `image`, which may be longer than the record, or truncated.
    ///
    /// @throws MalformedImageException when the header is invalid
    public static IflashRecord read(Image image, Location location, Diagnostics diagnostics) {
        Cursor in = new Cursor(image, location);
        in.expect("Signature", SIGNATURE);
        Image tag = in.image("ImageTag", TAG_SIZE);
        long total = in.u32("TotalSize");
        long size = in.u32("ImageSize");
        if (total < size) {
            throw new MalformedImageException(
                    location, 16, "TotalSize is 0x%x, less than ImageSize 0x%x", total, size);
        }
        Image data = in.image("Image", Math.min(size, in.remaining()));
        if (data.size() < size) {
            diagnostics.broken(
                    location, 20, "ImageSize is 0x%x, only 0x%x bytes are left", size, data.size());
        }
        return new IflashRecord(tag, total, size, data);
    }

    /// The tag without its padding: `BIOSIMG`.
    public String name() {
        String text = tag.latin1();
        int start = 0;
        int end = text.length();
        while (start < end && text.charAt(start) == '_') {
            start++;
        }
        while (end > start && (text.charAt(end - 1) == '_' || text.charAt(end - 1) == 0)) {
            end--;
        }
        return text.substring(start, end);
    }

    public long size() {
        return HEADER_SIZE + data.size();
    }

    public void write(Emitter out) {
        out.image(SIGNATURE).image(tag).u32(totalSize).u32(imageSize).image(data);
    }
}
