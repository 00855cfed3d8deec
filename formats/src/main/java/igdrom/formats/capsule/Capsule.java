package igdrom.formats.capsule;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

/// A capsule: a header followed by an update.
///
/// @param headerSize as stored: the offset of the update, except in Aptio capsules, which have
///   RomImageOffset instead
/// @param flags as stored; Toshiba's header has flags and image size in reverse order
/// @param imageSize of header and update, as the header claims it
/// @param extra the part of the header after the common 28 bytes, defined by the vendor
/// @param body the update
/// @param trailer the bytes of the file after the capsule
public record Capsule(
        Guid guid,
        long headerSize,
        long flags,
        long imageSize,
        Image extra,
        Image body,
        Image trailer) {

    private static final int HEADER_SIZE = 28;

    /// The largest known header, Aptio's; only an FMP header grows with its items.
    private static final int MAX_UNKNOWN_HEADER = 0x1000;

    /// Whether `image` starts with a capsule: a known GUID, or sizes that match the file.
    public static boolean looksLikeCapsule(Image image) {
        if (image.size() < HEADER_SIZE) {
            return false;
        }
        long headerSize = image.u32(16);
        if (headerSize < HEADER_SIZE || headerSize >= image.size()) {
            return false;
        }
        return CapsuleKind.of(image.guid(0)) != CapsuleKind.UNKNOWN
                || (headerSize <= MAX_UNKNOWN_HEADER
                        && image.u32(24) == image.size()
                        && image.u64(0) != 0
                        && image.u64(0) != -1L);
    }

    /// Reads a capsule that fills `image`.
    ///
    /// @throws MalformedImageException when the header is invalid
    public static Capsule read(Image image, Location location, Diagnostics diagnostics) {
        Cursor in = new Cursor(image, location);
        Guid guid = in.guid("CapsuleGuid");
        CapsuleKind kind = CapsuleKind.of(guid);
        long headerSize = in.u32("HeaderSize");
        boolean toshiba = kind == CapsuleKind.TOSHIBA;
        long first = in.u32(toshiba ? "CapsuleImageSize" : "Flags");
        long second = in.u32(toshiba ? "Flags" : "CapsuleImageSize");
        long imageSize = toshiba ? first : second;
        int imageSizeOffset = toshiba ? 20 : 24;
        long bodyOffset =
                switch (kind) {
                    case APTIO_SIGNED, APTIO_UNSIGNED -> in.u16("RomImageOffset");
                    case EFI, FMP, INTEL, LENOVO, TOSHIBA, UNKNOWN -> headerSize;
                };
        if (headerSize < HEADER_SIZE || headerSize > image.size()) {
            throw new MalformedImageException(
                    location,
                    16,
                    "HeaderSize is 0x%x, the file has 0x%x bytes",
                    headerSize,
                    image.size());
        }
        if (bodyOffset < in.position() || bodyOffset > image.size()) {
            bodyOffset = headerSize;
        }
        long end = image.size();
        if (imageSize > image.size()) {
            diagnostics.broken(
                    location,
                    imageSizeOffset,
                    "CapsuleImageSize is 0x%x, the file has 0x%x bytes",
                    imageSize,
                    image.size());
        } else if (imageSize >= bodyOffset) {
            end = imageSize;
        } else {
            diagnostics.odd(
                    location,
                    imageSizeOffset,
                    "CapsuleImageSize is 0x%x, less than the header of 0x%x",
                    imageSize,
                    bodyOffset);
        }
        return new Capsule(
                guid,
                headerSize,
                toshiba ? second : first,
                imageSize,
                image.slice(HEADER_SIZE, bodyOffset - HEADER_SIZE),
                image.slice(bodyOffset, end - bodyOffset),
                image.from(end));
    }

    public CapsuleKind kind() {
        return CapsuleKind.of(guid);
    }

    /// The offset of the update from the start of the capsule.
    public long bodyOffset() {
        return HEADER_SIZE + extra.size();
    }

    public void write(Emitter out) {
        boolean toshiba = kind() == CapsuleKind.TOSHIBA;
        out.guid(guid)
                .u32(headerSize)
                .u32(toshiba ? imageSize : flags)
                .u32(toshiba ? flags : imageSize)
                .image(extra)
                .image(body)
                .image(trailer);
    }
}
