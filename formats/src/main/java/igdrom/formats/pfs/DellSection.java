package igdrom.formats.pfs;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

/// A packed part of a Dell update: zlib between a header and a footer of 16 bytes each.
///
/// Source: platomav/BIOSUtilities 70c3a08, "_is_pfs_hdr", "_is_pfs_ftr", "_pfs_section_parse".
///
/// @param size of the packed bytes, as the header claims it
/// @param type [#FIRMWARE], [#UTILITIES], or one that has no name here
/// @param checksum of the header, as stored
/// @param packed a zlib stream; shorter than `size` where the image ends before
/// @param footer 16 bytes, or none where no footer is
public record DellSection(long size, int type, int checksum, Image packed, Image footer) {
    public static final int FIRMWARE = 0xaa;
    public static final int UTILITIES = 0xbb;

    /// Where the signature stands in the header.
    public static final int SIGNATURE_AT = 5;

    private static final Image SIGNATURE = Image.ofHex("ee aa 76 1b ec bb 20 f1 e6 51");
    private static final Image FOOTER = Image.ofHex("ee aa ee 8f 49 1b e8 ae 14 37 90");
    private static final int HEADER_SIZE = 16;
    private static final int CHECKED = HEADER_SIZE - 1;

    /// How zlib begins with the window that everybody uses.
    private static final int ZLIB = 0x78;

    /// Whether a section begins at `offset`. The signature alone may also stand in Dell's programs.
    public static boolean looksLikeSection(Image image, long offset) {
        return offset >= 0
                && offset < image.size() - HEADER_SIZE
                && image.matches(offset + SIGNATURE_AT, SIGNATURE)
                && image.u8(offset + HEADER_SIZE) == ZLIB;
    }

    /// A section of firmware.
    ///
    /// @param packed a zlib stream
    public static DellSection of(int type, Image packed) {
        Image header = new Emitter().u32(packed.size()).u8(type).image(SIGNATURE).toImage();
        Image footer = new Emitter().u32(packed.size()).image(FOOTER).toImage();
        return new DellSection(
                packed.size(),
                type,
                xor8(header),
                packed,
                new Emitter().image(footer).u8(xor8(footer)).toImage());
    }

    /// Reads the section at the start of `image`, which may be longer than it and may be cut off.
    ///
    /// @throws MalformedImageException when the header is not all there
    public static DellSection read(Image image, Location location, Diagnostics diagnostics) {
        Cursor in = new Cursor(image, location);
        long size = in.u32("Size");
        int type = in.u8("Type");
        in.expect("Signature", SIGNATURE);
        int checksum = in.u8("Checksum");
        int sum = xor8(image.slice(0, CHECKED));
        if (sum != checksum) {
            diagnostics.add(
                    Diagnostic.odd(
                            location,
                            CHECKED,
                            String.format(
                                    "Checksum is 0x%x, the header's is 0x%x", checksum, sum)));
        }
        Image packed = in.image("Data", Math.min(size, in.remaining()));
        if (packed.size() < size) {
            diagnostics.add(
                    Diagnostic.broken(
                            location,
                            0,
                            String.format(
                                    "Size is 0x%x, only 0x%x bytes are left",
                                    size, packed.size())));
        }
        Image footer = Image.EMPTY;
        if (packed.size() == size) {
            footer = footer(in, diagnostics);
        }
        return new DellSection(size, type, checksum, packed, footer);
    }

    private static Image footer(Cursor in, Diagnostics diagnostics) {
        long at = in.position();
        if (in.remaining() < HEADER_SIZE || !in.image().matches(at + 4, FOOTER)) {
            diagnostics.add(Diagnostic.odd(in.location(), at, "the footer is missing"));
            return Image.EMPTY;
        }
        Image footer = in.image("Footer", HEADER_SIZE);
        long size = in.image().u32(0);
        if (footer.u32(0) != size) {
            diagnostics.add(
                    Diagnostic.odd(
                            in.location(),
                            at,
                            String.format(
                                    "Size of the footer is 0x%x, the header's 0x%x",
                                    footer.u32(0), size)));
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

    /// Where the packed bytes begin, from the start of the section.
    public static long packedOffset() {
        return HEADER_SIZE;
    }

    /// How many bytes it takes with header and footer.
    public long length() {
        return HEADER_SIZE + packed.size() + footer.size();
    }

    public void write(Emitter out) {
        out.u32(size).u8(type).image(SIGNATURE).u8(checksum).image(packed).image(footer);
    }
}
