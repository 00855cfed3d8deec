package igdrom.formats.capsule;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

/// A capsule: a header, and the update behind it.
///
/// @param headerSize where the update begins; of an Aptio capsule it is RomImageOffset that says so
/// @param flags as stored; Toshiba's header has the full size in their place and the flags behind
/// @param imageSize of header and update, as the header claims it
/// @param extra what the vendor's header holds behind the common 28 bytes
/// @param body the update
/// @param trailer what the file holds behind the capsule
public record Capsule(
        Guid guid,
        long headerSize,
        long flags,
        long imageSize,
        Image extra,
        Image body,
        Image trailer) {

    private static final int HEADER_SIZE = 28;

    /// The largest header seen is Aptio's 0x1000; an FMP header grows with its items.
    private static final int MAX_UNKNOWN_HEADER = 0x1000;

    /// Whether a capsule begins at the start of `image`: a known GUID, or sizes that fit the file.
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

    /// Reads the capsule that the whole of `image` is.
    ///
    /// @throws MalformedImageException when the header makes no sense
    public static Capsule read(Image image, Location location, Diagnostics diagnostics) {
        Cursor in = new Cursor(image, location);
        Guid guid = in.guid("CapsuleGuid");
        CapsuleKind kind = CapsuleKind.of(guid);
        long headerSize = in.u32("HeaderSize");
        long second = in.u32("Flags");
        long third = in.u32("CapsuleImageSize");
        boolean toshiba = kind == CapsuleKind.TOSHIBA;
        long imageSize = toshiba ? second : third;
        long bodyAt =
                switch (kind) {
                    case APTIO_SIGNED, APTIO_UNSIGNED -> Math.max(in.u16("RomImageOffset"), 0);
                    case EFI, FMP, INTEL, LENOVO, TOSHIBA, UNKNOWN -> headerSize;
                };
        if (headerSize < HEADER_SIZE || headerSize > image.size()) {
            throw in.malformed(
                    16,
                    String.format(
                            "HeaderSize is 0x%x, the file has 0x%x bytes",
                            headerSize, image.size()));
        }
        if (bodyAt < in.position() || bodyAt > image.size()) {
            bodyAt = headerSize;
        }
        long end = image.size();
        if (imageSize > image.size()) {
            diagnostics.add(
                    Diagnostic.broken(
                            location,
                            toshiba ? 20 : 24,
                            String.format(
                                    "CapsuleImageSize is 0x%x, the file has only 0x%x bytes",
                                    imageSize, image.size())));
        } else if (imageSize >= bodyAt) {
            end = imageSize;
        } else {
            diagnostics.add(
                    Diagnostic.odd(
                            location,
                            toshiba ? 20 : 24,
                            String.format(
                                    "CapsuleImageSize is 0x%x, less than the header", imageSize)));
        }
        return new Capsule(
                guid,
                headerSize,
                toshiba ? third : second,
                imageSize,
                image.slice(HEADER_SIZE, bodyAt - HEADER_SIZE),
                image.slice(bodyAt, end - bodyAt),
                image.from(end));
    }

    public CapsuleKind kind() {
        return CapsuleKind.of(guid);
    }

    /// Where the update begins, from the start of the capsule.
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
