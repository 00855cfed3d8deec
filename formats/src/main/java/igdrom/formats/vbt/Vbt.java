package igdrom.formats.vbt;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.HexFormat;

/// A Video BIOS Table: header, BIOS data block, and what a file holds behind it.
///
/// @param between the bytes between header and BIOS data block: offsets of add-in modules
/// @param trailing what is behind the end of the VBT
public record Vbt(VbtHeader header, Image between, Bdb bdb, Image trailing) {
    /// The field with the size of all of it has 16 bits.
    private static final int MAX_BDB_OFFSET = 0xffff;

    /// True when a VBT starts at `offset`: signature, and the BIOS data block where the header
    /// points. `$VBT` alone is also a constant inside drivers.
    public static boolean looksLikeVbt(Image image, long offset) {
        if (!image.matches(offset, VbtHeader.SIGNATURE) || offset > image.size() - VbtHeader.SIZE) {
            return false;
        }
        long bdbOffset = image.u32(offset + VbtHeader.BDB_OFFSET);
        return bdbOffset >= VbtHeader.SIZE
                && image.matches(offset + bdbOffset, Bdb.SIGNATURE)
                && offset + bdbOffset <= image.size() - Bdb.HEADER_SIZE;
    }

    /// How many bytes the VBT at `offset` takes, at most what is left of the image. Only for what
    /// [#looksLikeVbt].
    public static long sizeAt(Image image, long offset) {
        long bdb = image.u32(offset + VbtHeader.BDB_OFFSET);
        long bdbEnd = bdb + image.u16(offset + bdb + Bdb.HEADER_SIZE - 2);
        long size = Math.max(image.u16(offset + VbtHeader.VBT_SIZE_OFFSET), bdbEnd);
        return Math.min(size, image.size() - offset);
    }

    /// How many bytes the VBT at the start of `room` takes, wholly inside it: what a driver may be
    /// given. Stricter than [#read], which shows what is there of a VBT that was cut.
    ///
    /// Spec: driver/src/main/c/vbt.c, `vbt_size`, the rule that decides in the guest.
    ///
    /// @throws MalformedImageException when it is none or not all of it is there
    public static int wholeSize(Image room, Location location) {
        Cursor in = new Cursor(room, location);
        VbtHeader header = VbtHeader.read(in);
        long bdb = bdbOffset(header, in);
        Cursor inside = new Cursor(room.from(bdb), location.in("BDB", bdb));
        inside.expect("Signature", Bdb.SIGNATURE);
        inside.seek("BdbSize", Bdb.HEADER_SIZE - 2);
        // Both sizes exist; where they differ, what is in either belongs to it.
        long size = Math.max(header.vbtSize(), bdb + inside.u16("BdbSize"));
        if (size < bdb + Bdb.HEADER_SIZE) {
            throw in.malformed(
                    VbtHeader.VBT_SIZE_OFFSET,
                    String.format(
                            "VbtSize is 0x%x, the BDB's header ends at 0x%x",
                            size, bdb + Bdb.HEADER_SIZE));
        }
        if (size > room.size()) {
            throw in.malformed(VbtHeader.VBT_SIZE_OFFSET, truncated(size, room));
        }
        if (bdb > MAX_BDB_OFFSET) {
            throw in.malformed(
                    VbtHeader.BDB_OFFSET,
                    String.format("BdbOffset is 0x%x, the most is 0x%x", bdb, MAX_BDB_OFFSET));
        }
        return Math.toIntExact(size);
    }

    /// Reads the VBT at the start of `image`.
    ///
    /// @throws MalformedImageException when there is no signature or no BIOS data block
    public static Vbt read(Image image, Location location, Diagnostics diagnostics) {
        Cursor in = new Cursor(image, location);
        VbtHeader header = VbtHeader.read(in);
        long bdbOffset = bdbOffset(header, in);
        Image between = in.image("between", bdbOffset - VbtHeader.SIZE);
        long end = sizeAt(image, 0);
        Image data = image.slice(bdbOffset, Math.max(end - bdbOffset, Bdb.HEADER_SIZE));
        Bdb bdb = Bdb.read(data, location.in("BDB", bdbOffset), diagnostics);
        check(header, image, bdbOffset + bdb.size(), location, diagnostics);
        return new Vbt(header, between, bdb, image.from(bdbOffset + data.size()));
    }

    public void write(Emitter out) {
        header.write(out);
        out.image(between);
        bdb.write(out);
        out.image(trailing);
    }

    /// The bytes of the VBT itself, as the header counts them; at most what is there.
    public Image body() {
        Emitter out = new Emitter();
        write(out);
        Image all = out.toImage();
        return all.slice(0, Math.min(header.vbtSize(), all.size()));
    }

    /// Where the BIOS data block is; its header is there.
    private static long bdbOffset(VbtHeader header, Cursor in) {
        long offset = header.bdbOffset();
        if (offset < VbtHeader.SIZE) {
            throw in.malformed(
                    VbtHeader.BDB_OFFSET,
                    String.format("BdbOffset is 0x%x, inside the header", offset));
        }
        if (offset > in.image().size() - Bdb.HEADER_SIZE) {
            throw in.malformed(
                    VbtHeader.BDB_OFFSET,
                    String.format(
                            "BdbOffset is 0x%x, the end is at 0x%x", offset, in.image().size()));
        }
        return offset;
    }

    private static String truncated(long size, Image room) {
        return String.format(
                "the VBT has 0x%x bytes, there are 0x%x: it is truncated", size, room.size());
    }

    private static void check(
            VbtHeader header,
            Image image,
            long bdbEnd,
            Location location,
            Diagnostics diagnostics) {
        int size = header.vbtSize();
        if (bdbEnd > size) {
            diagnostics.add(
                    Diagnostic.odd(
                            location,
                            VbtHeader.VBT_SIZE_OFFSET,
                            String.format("VbtSize is 0x%x, the BDB ends at 0x%x", size, bdbEnd)));
        }
        if (Math.max(size, bdbEnd) > image.size()) {
            diagnostics.add(
                    Diagnostic.broken(
                            location,
                            VbtHeader.VBT_SIZE_OFFSET,
                            truncated(Math.max(size, bdbEnd), image)));
        } else if (image.size() > Math.max(size, bdbEnd)) {
            diagnostics.add(
                    Diagnostic.odd(
                            location,
                            Math.max(size, bdbEnd),
                            hex(image.size() - Math.max(size, bdbEnd)) + " bytes behind the VBT"));
        }
        if (size <= image.size()) {
            int sum = image.slice(0, size).sum8();
            if (sum != 0) {
                diagnostics.add(
                        Diagnostic.odd(
                                location,
                                VbtHeader.CHECKSUM_OFFSET,
                                "the checksum of "
                                        + hex(size)
                                        + " bytes is 0x"
                                        + HexFormat.of().toHexDigits((byte) sum)
                                        + ", not 0"));
            }
        }
        Image signature = header.signature();
        for (long at = 0; at < signature.size(); at++) {
            if (signature.u8(at) < 0x20 || signature.u8(at) > 0x7e) {
                diagnostics.add(
                        Diagnostic.odd(
                                location,
                                at,
                                String.format(
                                        "Signature has the byte 0x%02x, it should be text",
                                        signature.u8(at))));
                return;
            }
        }
    }

    /// Half of all tables have these findings, and a formatter is slow to start.
    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
