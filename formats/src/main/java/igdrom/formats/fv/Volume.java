package igdrom.formats.fv;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.List;
import java.util.Optional;

/// A firmware volume: a header, then files and gaps.
///
/// @param preface the bytes between header and first file: the extended header and padding
/// @param name FvName of the extended header, if the volume has one
/// @param parts the whole body, in order
public record Volume(
        VolumeHeader header, Image preface, Optional<Guid> name, List<VolumePart> parts) {

    /// A header with a block map of one entry.
    private static final int MIN_LENGTH = 0x48;

    public Volume {
        parts = List.copyOf(parts);
    }

    /// Whether a volume starts at `offset`: signature and header lengths are plausible. The
    /// checksum must be right only where the file system is unknown.
    public static boolean looksLikeVolume(Image image, long offset) {
        if (offset < 0
                || offset > image.size() - MIN_LENGTH
                || !image.matches(offset + VolumeHeader.SIGNATURE_OFFSET, VolumeHeader.SIGNATURE)) {
            return false;
        }
        int headerLength = image.u16(offset + 0x30);
        if (headerLength < MIN_LENGTH
                || headerLength > Math.min(VolumeHeader.MAX_HEADER_LENGTH, image.size() - offset)
                || headerLength % 2 != 0) {
            return false;
        }
        long length = image.u64(offset + 0x20);
        return Long.compareUnsigned(length, headerLength) >= 0
                && (FileSystem.of(image.guid(offset + 0x10)) != FileSystem.OTHER
                        || (length >>> 40 == 0 && image.slice(offset, headerLength).sum16() == 0));
    }

    /// Reads the volume at the start of `image`, which may be longer than the volume, or truncated.
    ///
    /// @throws MalformedImageException when the header is invalid
    public static Volume read(Image image, Location location, Diagnostics diagnostics) {
        VolumeHeader header = VolumeHeader.read(new Cursor(image, location));
        checkChecksum(image, header, location, diagnostics);
        Image volume = bounded(image, header, location, diagnostics);
        Optional<ExtendedHeader> extended =
                ExtendedHeader.read(volume, header, location, diagnostics);
        long bodyOffset = extended.map(ExtendedHeader::end).orElse((long) header.headerLength());
        FileSystem system = FileSystem.of(header.fileSystem());
        if (system != FileSystem.OTHER) {
            bodyOffset = Math.min((bodyOffset + 7) & ~7L, volume.size());
        }
        List<VolumePart> parts =
                system == FileSystem.OTHER
                        ? List.of(new Gap(bodyOffset, volume.from(bodyOffset)))
                        : new FileReader(volume, header, system, location, diagnostics)
                                .read(bodyOffset);
        return new Volume(
                header,
                volume.slice(header.headerLength(), bodyOffset - header.headerLength()),
                extended.map(ExtendedHeader::name),
                parts);
    }

    private static void checkChecksum(
            Image image, VolumeHeader header, Location location, Diagnostics diagnostics) {
        int sum = image.slice(0, header.headerLength()).sum16();
        if (sum != 0) {
            diagnostics.odd(
                    location,
                    0x32,
                    "Checksum is 0x%04x, expected 0x%04x",
                    header.checksum(),
                    (header.checksum() - sum) & 0xffff);
        }
    }

    /// The bytes of the volume alone: fewer than the header claims when the image is truncated.
    private static Image bounded(
            Image image, VolumeHeader header, Location location, Diagnostics diagnostics) {
        if (Long.compareUnsigned(header.length(), image.size()) <= 0) {
            return image.slice(0, header.length());
        }
        diagnostics.broken(
                location,
                0x20,
                "FvLength is 0x%x, only 0x%x bytes are left",
                header.length(),
                image.size());
        return image;
    }

    public FileSystem fileSystem() {
        return FileSystem.of(header.fileSystem());
    }

    /// The number of bytes read: fewer than the header claims when the image is truncated.
    public long size() {
        long size = header.headerLength() + preface.size();
        for (VolumePart part : parts) {
            size += part.size();
        }
        return size;
    }

    public void write(Emitter out) {
        header.write(out);
        out.image(preface);
        for (VolumePart part : parts) {
            part.write(out);
        }
    }
}
