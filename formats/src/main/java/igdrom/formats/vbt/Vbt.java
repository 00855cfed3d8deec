package igdrom.formats.vbt;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

/// A Video BIOS Table: header and BIOS data block, with the bytes that follow it in a file.
///
/// @param between the bytes between header and BIOS data block, usually the offsets of add-in
///   modules
/// @param trailing the bytes after the end of the VBT
public record Vbt(VbtHeader header, Image between, Bdb bdb, Image trailing) {
    /// VbtSize, which counts the BIOS data block too, has 16 bits.
    private static final int MAX_BDB_OFFSET = 0xffff;

    /// Whether a VBT starts at `offset`: checks the signature and that of the BIOS data block.
    /// `$VBT` alone also occurs as a constant in drivers.
    public static boolean looksLikeVbt(Image image, long offset) {
        if (!image.matches(offset, VbtHeader.SIGNATURE) || offset > image.size() - VbtHeader.SIZE) {
            return false;
        }
        long bdbOffset = image.u32(offset + VbtHeader.BDB_OFFSET);
        return bdbOffset >= VbtHeader.SIZE
                && image.matches(offset + bdbOffset, Bdb.SIGNATURE)
                && offset + bdbOffset <= image.size() - Bdb.HEADER_SIZE;
    }

    /// The size of the VBT at `offset`, limited to the bytes left in the image. Requires
    /// [#looksLikeVbt].
    public static long sizeAt(Image image, long offset) {
        long bdb = image.u32(offset + VbtHeader.BDB_OFFSET);
        long bdbEnd = bdb + image.u16(offset + bdb + Bdb.BDB_SIZE_OFFSET);
        long size = Math.max(image.u16(offset + VbtHeader.VBT_SIZE_OFFSET), bdbEnd);
        return Math.min(size, image.size() - offset);
    }

    /// The size of the VBT at the start of `image`, which must contain all of it. Stricter than
    /// [#read], which also reads a truncated VBT.
    ///
    /// Spec: driver/src/main/c/vbt.c, `vbt_size`, which decides in the guest.
    ///
    /// @throws MalformedImageException when there is no VBT or it is truncated
    public static int wholeSize(Image image, Location location) {
        Cursor in = new Cursor(image, location);
        VbtHeader header = VbtHeader.read(in);
        long bdb = bdbOffset(header, in);
        Cursor bdbIn = new Cursor(image.from(bdb), location.in("BDB", bdb));
        bdbIn.expect("Signature", Bdb.SIGNATURE);
        bdbIn.seek("BdbSize", Bdb.BDB_SIZE_OFFSET);
        // Where the two sizes differ, the larger one counts.
        long size = Math.max(header.vbtSize(), bdb + bdbIn.u16("BdbSize"));
        if (size < bdb + Bdb.HEADER_SIZE) {
            throw in.malformed(
                    VbtHeader.VBT_SIZE_OFFSET,
                    "VbtSize is 0x%x, the BDB header ends at 0x%x",
                    size,
                    bdb + Bdb.HEADER_SIZE);
        }
        if (size > image.size()) {
            throw in.malformed(VbtHeader.VBT_SIZE_OFFSET, truncated(size, image));
        }
        if (bdb > MAX_BDB_OFFSET) {
            throw in.malformed(
                    VbtHeader.BDB_OFFSET,
                    "BdbOffset is 0x%x, the maximum is 0x%x",
                    bdb,
                    MAX_BDB_OFFSET);
        }
        return Math.toIntExact(size);
    }

    /// Reads the VBT at the start of `image`.
    ///
    /// @throws MalformedImageException when signature or BIOS data block is missing
    public static Vbt read(Image image, Location location, Diagnostics diagnostics) {
        Cursor in = new Cursor(image, location);
        VbtHeader header = VbtHeader.read(in);
        long bdbOffset = bdbOffset(header, in);
        Image between = in.image("between", bdbOffset - VbtHeader.SIZE);
        long end = sizeAt(image, 0);
        Image data = image.slice(bdbOffset, Math.max(end - bdbOffset, Bdb.HEADER_SIZE));
        Bdb bdb = Bdb.read(data, location.in("BDB", bdbOffset), diagnostics);
        checkSizes(header, bdbOffset + bdb.size(), image, location, diagnostics);
        checkSum(header, image, location, diagnostics);
        checkSignature(header, location, diagnostics);
        return new Vbt(header, between, bdb, image.from(bdbOffset + data.size()));
    }

    public void write(Emitter out) {
        header.write(out);
        out.image(between);
        bdb.write(out);
        out.image(trailing);
    }

    /// The first VbtSize bytes, or fewer when the VBT is truncated.
    public Image body() {
        Emitter out = new Emitter();
        write(out);
        Image all = out.toImage();
        return all.slice(0, Math.min(header.vbtSize(), all.size()));
    }

    /// The offset of the BIOS data block, whose header lies inside the image.
    private static long bdbOffset(VbtHeader header, Cursor in) {
        long offset = header.bdbOffset();
        if (offset < VbtHeader.SIZE) {
            throw in.malformed(
                    VbtHeader.BDB_OFFSET, "BdbOffset is 0x%x, inside the header", offset);
        }
        if (offset > in.image().size() - Bdb.HEADER_SIZE) {
            throw in.malformed(
                    VbtHeader.BDB_OFFSET,
                    "BdbOffset is 0x%x, the image ends at 0x%x",
                    offset,
                    in.image().size());
        }
        return offset;
    }

    private static String truncated(long size, Image image) {
        return String.format(
                "the VBT is truncated: it has 0x%x bytes, 0x%x are left", size, image.size());
    }

    private static void checkSizes(
            VbtHeader header,
            long bdbEnd,
            Image image,
            Location location,
            Diagnostics diagnostics) {
        if (bdbEnd > header.vbtSize()) {
            diagnostics.odd(
                    location,
                    VbtHeader.VBT_SIZE_OFFSET,
                    "VbtSize is 0x%x, the BDB ends at 0x%x",
                    header.vbtSize(),
                    bdbEnd);
        }
        long end = Math.max(header.vbtSize(), bdbEnd);
        if (end > image.size()) {
            diagnostics.broken(location, VbtHeader.VBT_SIZE_OFFSET, truncated(end, image));
        } else if (end < image.size()) {
            diagnostics.odd(location, end, "0x%x bytes after the VBT", image.size() - end);
        }
    }

    private static void checkSum(
            VbtHeader header, Image image, Location location, Diagnostics diagnostics) {
        int size = header.vbtSize();
        int sum = size <= image.size() ? image.slice(0, size).sum8() : 0;
        if (sum != 0) {
            diagnostics.odd(
                    location,
                    VbtHeader.CHECKSUM_OFFSET,
                    "the checksum of 0x%x bytes is 0x%02x, expected 0",
                    size,
                    sum);
        }
    }

    private static void checkSignature(
            VbtHeader header, Location location, Diagnostics diagnostics) {
        Image signature = header.signature();
        for (long at = 0; at < signature.size(); at++) {
            if (!Text.isPrintable(signature.u8(at))) {
                diagnostics.odd(
                        location,
                        at,
                        "Signature contains the byte 0x%02x, expected text",
                        signature.u8(at));
                return;
            }
        }
    }
}
