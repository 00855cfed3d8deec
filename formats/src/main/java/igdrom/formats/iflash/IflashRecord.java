package igdrom.formats.iflash;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

/// A record of an Insyde update.
///
/// Source: platomav/BIOSUtilities 70c3a08, "IflashHeader". The total is counted with the header by
/// some makers and without by others (a public note on the Steam Deck's files); only the size of
/// the data is relied upon.
///
/// @param tag what the data is, `_BIOSIMG` for the BIOS
/// @param totalSize of the data with its padding, as stored
/// @param imageSize of the data, as the header claims it
public record IflashRecord(Image tag, long totalSize, long imageSize, Image data) {
    private static final Image SIGNATURE = Image.ofAscii("$_IFLASH");
    private static final int TAG_SIZE = 8;
    public static final int HEADER_SIZE = 24;

    /// A program that works on such files has the signature, too, with text behind it. Read as a
    /// size, text is larger than this.
    private static final long MAX_SIZE = 256 << 20;

    /// Whether a record begins at `offset`.
    public static boolean looksLikeRecord(Image image, long offset) {
        if (offset > image.size() - HEADER_SIZE || !image.matches(offset, SIGNATURE)) {
            return false;
        }
        long total = image.u32(offset + 16);
        long size = image.u32(offset + 20);
        return size > 0 && total >= size && total <= MAX_SIZE;
    }

    /// A record with a total that counts what is behind the header.
    ///
    /// @param tag eight characters
    public static IflashRecord of(String tag, Image data) {
        return new IflashRecord(Image.ofAscii(tag), data.size(), data.size(), data);
    }

    /// Reads the record at the start of `image`, which may be longer than it and may be cut off.
    ///
    /// @throws MalformedImageException when the header makes no sense
    public static IflashRecord read(Image image, Location location, Diagnostics diagnostics) {
        Cursor in = new Cursor(image, location);
        in.expect("Signature", SIGNATURE);
        Image tag = in.image("ImageTag", TAG_SIZE);
        long total = in.u32("TotalSize");
        long size = in.u32("ImageSize");
        if (total < size) {
            throw in.malformed(
                    16, String.format("TotalSize is 0x%x, less than ImageSize 0x%x", total, size));
        }
        Image data = in.image("Image", Math.min(size, in.remaining()));
        if (data.size() < size) {
            diagnostics.add(
                    Diagnostic.broken(
                            location,
                            20,
                            String.format(
                                    "ImageSize is 0x%x, only 0x%x bytes are left",
                                    size, data.size())));
        }
        return new IflashRecord(tag, total, size, data);
    }

    /// The tag as a word: `BIOSIMG`.
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
