package igdrom.formats.pfs;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.ArrayList;
import java.util.List;

/// A PFS package: a header, entries and a footer.
///
/// Source: platomav/BIOSUtilities 70c3a08, "DellPfsHeader", "DellPfsFooter".
///
/// @param payloadSize of the entries, as the header claims it
/// @param rest the bytes between last entry and footer
/// @param footer 16 bytes, or empty if the footer is missing
public record PfsPackage(
        long headerVersion, long payloadSize, List<PfsEntry> entries, Image rest, Image footer) {
    private static final Image TAG = Image.ofAscii("PFS.HDR.");
    private static final Image FOOTER_TAG = Image.ofAscii("PFS.FTR.");
    private static final int HEADER_SIZE = 16;
    private static final int FOOTER_SIZE = 16;

    /// 64 MiB in chunks of 4 KiB.
    private static final int MAX_ENTRIES = 0x4000;

    public PfsPackage {
        entries = List.copyOf(entries);
    }

    /// Whether a package starts at `offset`. The tag alone also occurs in Dell's programs.
    public static boolean looksLikePackage(Image image, long offset) {
        if (offset > image.size() - HEADER_SIZE || !image.matches(offset, TAG)) {
            return false;
        }
        long version = image.u32(offset + 8);
        return version == 1 || version == 2;
    }

    /// Builds a package of these entries.
    public static PfsPackage of(List<PfsEntry> entries) {
        Emitter out = new Emitter();
        entries.forEach(entry -> entry.write(out));
        Image payload = out.toImage();
        Image footer =
                new Emitter()
                        .u32(payload.size())
                        .u32(checksum(payload))
                        .image(FOOTER_TAG)
                        .toImage();
        return new PfsPackage(1, payload.size(), entries, Image.EMPTY, footer);
    }

    /// Reads the package at the start of `image`, which may be longer than the package, or
    /// truncated.
    ///
    /// @throws MalformedImageException when the header is invalid
    public static PfsPackage read(Image image, Location location, Diagnostics diagnostics) {
        Cursor in = new Cursor(image, location);
        in.expect("Tag", TAG);
        long version = in.u32("HeaderVersion");
        long payloadSize = in.u32("PayloadSize");
        if (version != 1 && version != 2) {
            throw new MalformedImageException(
                    location, 8, "HeaderVersion is 0x%x, expected 0x1 or 0x2", version);
        }
        Image payload = in.image("Payload", Math.min(payloadSize, in.remaining()));
        if (payload.size() < payloadSize) {
            diagnostics.broken(
                    location,
                    12,
                    "PayloadSize is 0x%x, only 0x%x bytes are left",
                    payloadSize,
                    payload.size());
        }
        Image footer = Image.EMPTY;
        if (payload.size() == payloadSize) {
            footer = readFooter(in, payload, diagnostics);
        }
        Cursor entries = new Cursor(payload, location.in("payload", HEADER_SIZE));
        List<PfsEntry> read = readAll(entries, diagnostics);
        Image rest = payload.from(entries.position());
        return new PfsPackage(version, payloadSize, read, rest, footer);
    }

    private static List<PfsEntry> readAll(Cursor in, Diagnostics diagnostics) {
        List<PfsEntry> entries = new ArrayList<>();
        while (in.remaining() >= PfsEntry.MIN_SIZE && entries.size() < MAX_ENTRIES) {
            long start = in.position();
            try {
                entries.add(PfsEntry.read(in, diagnostics));
            } catch (MalformedImageException e) {
                diagnostics.add(e.diagnostic());
                in.seek("Entry", start);
                return entries;
            }
        }
        if (entries.size() == MAX_ENTRIES) {
            diagnostics.broken(
                    in.location(),
                    in.position(),
                    "more than %d entries, the rest is not read",
                    MAX_ENTRIES);
        } else if (in.remaining() > 0) {
            diagnostics.odd(
                    in.location(),
                    in.position(),
                    "0x%x bytes after the last entry",
                    in.remaining());
        }
        return entries;
    }

    private static Image readFooter(Cursor in, Image payload, Diagnostics diagnostics) {
        long at = in.position();
        if (in.remaining() < FOOTER_SIZE || !in.image().matches(at + 8, FOOTER_TAG)) {
            diagnostics.odd(in.location(), at, "the footer is missing");
            return Image.EMPTY;
        }
        Image footer = in.image("Footer", FOOTER_SIZE);
        long checksum = checksum(payload);
        if (footer.u32(0) != payload.size()) {
            diagnostics.odd(
                    in.location(),
                    at,
                    "PayloadSize in the footer is 0x%x, in the header 0x%x",
                    footer.u32(0),
                    payload.size());
        } else if (footer.u32(4) != checksum) {
            diagnostics.odd(
                    in.location(),
                    at + 4,
                    "Checksum is 0x%08x, expected 0x%08x",
                    footer.u32(4),
                    checksum);
        }
        return footer;
    }

    /// A CRC-32 without the final inversion.
    private static long checksum(Image payload) {
        return ~payload.crc32() & 0xffff_ffffL;
    }

    /// The offset of the first entry from the start of the package.
    public static long entriesOffset() {
        return HEADER_SIZE;
    }

    /// The offset of the first byte after the last entry, from the start of the package.
    public long restOffset() {
        long offset = HEADER_SIZE;
        for (PfsEntry entry : entries) {
            offset += entry.size();
        }
        return offset;
    }

    /// The size of the package as read.
    public long size() {
        return restOffset() + rest.size() + footer.size();
    }

    public void write(Emitter out) {
        out.image(TAG).u32(headerVersion).u32(payloadSize);
        for (PfsEntry entry : entries) {
            entry.write(out);
        }
        out.image(rest).image(footer);
    }
}
