package igdrom.formats.fv;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.List;
import java.util.Optional;

/// A firmware volume: header, what stands between header and files, then files and gaps.
///
/// @param preface from the header's end to the first file: the extended header and its padding
/// @param name the extended header's FvName, when there is one
/// @param parts the body, without holes
public record Volume(
        VolumeHeader header, Image preface, Optional<Guid> name, List<VolumePart> parts) {

    private static final int EXT_HEADER_SIZE = 20;

    /// The smallest volume worth a name holds a header of one block.
    private static final int MIN_LENGTH = 0x48;

    public Volume {
        parts = List.copyOf(parts);
    }

    /// Whether a volume begins at `offset`: the signature is there and the header makes sense. A
    /// wrong checksum is forgiven when the file system is a known one.
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

    /// Reads the volume at the start of `image`, which may be longer than the volume and may be cut
    /// off.
    ///
    /// @throws MalformedImageException when the header makes no sense
    public static Volume read(Image image, Location location, Diagnostics diagnostics) {
        Cursor in = new Cursor(image, location);
        VolumeHeader header = VolumeHeader.read(in);
        if (image.slice(0, header.headerLength()).sum16() != 0) {
            diagnostics.add(
                    Diagnostic.odd(
                            location,
                            0x32,
                            String.format(
                                    "Checksum is 0x%04x, which is wrong", header.checksum())));
        }
        Image whole = image;
        if (Long.compareUnsigned(header.length(), image.size()) <= 0) {
            whole = image.slice(0, header.length());
        } else {
            diagnostics.add(
                    Diagnostic.broken(
                            location,
                            0x20,
                            String.format(
                                    "FvLength is 0x%x, but only 0x%x bytes are there: the volume is"
                                            + " cut off",
                                    header.length(), image.size())));
        }
        Optional<Guid> name = Optional.empty();
        long filesAt = header.headerLength();
        if (header.extHeaderOffset() != 0) {
            long at = header.extHeaderOffset();
            if (at < header.headerLength()) {
                // Observed: Phoenix, in volumes of revision 1.
                diagnostics.add(
                        Diagnostic.odd(
                                location,
                                0x34,
                                String.format(
                                        "ExtHeaderOffset is 0x%x, inside the header's 0x%x bytes",
                                        at, header.headerLength())));
            } else if (at > whole.size() - EXT_HEADER_SIZE) {
                diagnostics.add(
                        Diagnostic.odd(
                                location,
                                0x34,
                                String.format(
                                        "ExtHeaderOffset is 0x%x, outside of the volume's 0x%x"
                                                + " bytes",
                                        at, whole.size())));
            } else {
                name = Optional.of(whole.guid(at));
                long size = whole.u32(at + 16);
                if (size < EXT_HEADER_SIZE || size > whole.size() - at) {
                    diagnostics.add(
                            Diagnostic.odd(
                                    location,
                                    at + 16,
                                    String.format("ExtHeaderSize is 0x%x", size)));
                    size = EXT_HEADER_SIZE;
                }
                filesAt = at + size;
            }
        }
        FileSystem system = FileSystem.of(header.fileSystem());
        if (system != FileSystem.OTHER) {
            filesAt = Math.min((filesAt + 7) & ~7L, whole.size());
        }
        Image preface = whole.slice(header.headerLength(), filesAt - header.headerLength());
        List<VolumePart> parts =
                system == FileSystem.OTHER
                        ? List.of(new Gap(filesAt, whole.from(filesAt)))
                        : new FileReader(whole, header, system, location, diagnostics)
                                .read(filesAt);
        return new Volume(header, preface, name, parts);
    }

    public FileSystem fileSystem() {
        return FileSystem.of(header.fileSystem());
    }

    /// How many bytes were read: less than the header claims when the image is cut off.
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
