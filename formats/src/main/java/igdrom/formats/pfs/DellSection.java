package igdrom.formats.pfs;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

/// A compressed section of a Dell update: a zlib stream between header and footer of 16 bytes each.
///
/// Source: platomav/BIOSUtilities 70c3a08, "_is_pfs_hdr", "_is_pfs_ftr", "_pfs_section_parse".
///
/// @param size of the compressed data, as the header claims it
/// @param type [#FIRMWARE], [#UTILITIES], or an unknown one
/// @param checksum of the header, as stored
/// @param compressed a zlib stream; shorter than `size` in a truncated image
/// @param footer 16 bytes, or empty if the footer is missing
public record DellSection(long size, int type, int checksum, Image compressed, Image footer) {
    public static final int FIRMWARE = 0xaa;
    public static final int UTILITIES = 0xbb;

    /// The offset of the signature in the header.
    public static final int SIGNATURE_OFFSET = 5;

    private static final Image SIGNATURE = Image.ofHex("ee aa 76 1b ec bb 20 f1 e6 51");
    private static final Image FOOTER = Image.ofHex("ee aa ee 8f 49 1b e8 ae 14 37 90");
    private static final int HEADER_SIZE = 16;
    private static final int CHECKSUM_OFFSET = HEADER_SIZE - 1;

    /// The first byte of a zlib stream with the usual window of 32 KiB.
    private static final int ZLIB = 0x78;

    /// Whether a section starts at `offset`. The signature alone also occurs in Dell's programs.
    public static boolean looksLikeSection(Image image, long offset) {
        return offset >= 0
                && offset < image.size() - HEADER_SIZE
                && image.matches(offset + SIGNATURE_OFFSET, SIGNATURE)
                && image.u8(offset + HEADER_SIZE) == ZLIB;
    }

    /// Builds a section.
    ///
    /// @param compressed a zlib stream
    public static DellSection of(int type, Image compressed) {
        Image header = new Emitter().u32(compressed.size()).u8(type).image(SIGNATURE).toImage();
        Image footer = new Emitter().u32(compressed.size()).image(FOOTER).toImage();
        return new DellSection(
                compressed.size(),
                type,
                xor8(header),
                compressed,
                new Emitter().image(footer).u8(xor8(footer)).toImage());
    }

    /// Reads the section at the start of `image`, which may be longer than the section, or
    /// truncated.
    ///
    /// @throws MalformedImageException when the header is truncated
    public static DellSection read(Image image, Location location, Diagnostics diagnostics) {
        Cursor in = new Cursor(image, location);
        long size = in.u32("Size");
        int type = in.u8("Type");
        in.expect("Signature", SIGNATURE);
        int checksum = in.u8("Checksum");
        int sum = xor8(image.slice(0, CHECKSUM_OFFSET));
        if (sum != checksum) {
            diagnostics.odd(
                    location,
                    CHECKSUM_OFFSET,
                    "Checksum is 0x%02x, expected 0x%02x",
                    checksum,
                    sum);
        }
        Image compressed = in.image("Data", Math.min(size, in.remaining()));
        if (compressed.size() < size) {
            diagnostics.broken(
                    location, 0, "Size is 0x%x, only 0x%x bytes are left", size, compressed.size());
        }
        Image footer = Image.EMPTY;
        if (compressed.size() == size) {
            footer = readFooter(in, diagnostics);
        }
        return new DellSection(size, type, checksum, compressed, footer);
    }

    private static Image readFooter(Cursor in, Diagnostics diagnostics) {
        long at = in.position();
        if (in.remaining() < HEADER_SIZE || !in.image().matches(at + 4, FOOTER)) {
            diagnostics.odd(in.location(), at, "the footer is missing");
            return Image.EMPTY;
        }
        Image footer = in.image("Footer", HEADER_SIZE);
        long size = in.image().u32(0);
        if (footer.u32(0) != size) {
            diagnostics.odd(
                    in.location(),
                    at,
                    "Size in the footer is 0x%x, in the header 0x%x",
                    footer.u32(0),
                    size);
        }
        return footer;
    }

    private static int xor8(Image image) {
        int sum = 0;
        for (long at = 0; at < image.size(); at++) {
            sum ^= image.u8(at);
        }
        return sum;
    }

    /// The offset of the compressed data from the start of the section.
    public static long compressedOffset() {
        return HEADER_SIZE;
    }

    /// The size of the section as read, including header and footer.
    public long length() {
        return HEADER_SIZE + compressed.size() + footer.size();
    }

    public void write(Emitter out) {
        out.u32(size).u8(type).image(SIGNATURE).u8(checksum).image(compressed).image(footer);
    }
}
