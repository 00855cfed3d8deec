package igdrom.formats.fv;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.ArrayList;
import java.util.List;

/// Splits a file, or a section that contains others, into sections and gaps.
final class SectionReader {
    /// More sections than any file has. The bytes after them become a gap.
    private static final int MAX_SECTIONS = 10_000;

    private static final int ALIGNMENT = 4;

    private final Image container;
    private final Location location;
    private final Diagnostics diagnostics;

    SectionReader(Image container, Location location, Diagnostics diagnostics) {
        this.container = container;
        this.location = location;
        this.diagnostics = diagnostics;
    }

    List<SectionPart> readAll(long start) {
        List<SectionPart> parts = new ArrayList<>();
        long at = start;
        while (container.size() - at >= SectionHeader.SIZE) {
            if (parts.size() >= 2 * MAX_SECTIONS) {
                diagnostics.broken(
                        location, at, "more than %d sections, the rest is not read", MAX_SECTIONS);
                break;
            }
            Section section;
            try {
                section = read(at);
            } catch (MalformedImageException e) {
                // Padding at the end is not worth a diagnostic.
                if (!container.from(at).isFilledWith(container.u8(at))) {
                    diagnostics.add(e.diagnostic());
                }
                break;
            }
            parts.add(section);
            at += section.size();
            long padding = Math.floorMod(start - at, ALIGNMENT);
            long next = Math.min(at + padding, container.size());
            if (next > at) {
                parts.add(new Gap(at, container.slice(at, next - at)));
                at = next;
            }
        }
        if (at < container.size()) {
            parts.add(new Gap(at, container.from(at)));
        }
        return parts;
    }

    private Section read(long at) {
        Cursor in = new Cursor(container, location).seek("Section", at);
        SectionHeader header = SectionHeader.read(in);
        long end = at + boundedSize(header, at);
        return switch (header.type()) {
            case COMPRESSION -> {
                checkSize(header, at, end, Section.Compression.TYPE_HEADER_SIZE);
                long decompressedSize = in.u32("UncompressedLength");
                int compressionType = in.u8("CompressionType");
                yield new Section.Compression(
                        at, header, decompressedSize, compressionType, body(in, end));
            }
            case GUID_DEFINED -> {
                checkSize(header, at, end, Section.GuidDefined.TYPE_HEADER_SIZE);
                yield readGuidDefined(in, header, at, end);
            }
            case FREEFORM_SUBTYPE_GUID -> {
                checkSize(header, at, end, Guid.SIZE);
                yield new Section.Freeform(at, header, in.guid("SubTypeGuid"), body(in, end));
            }
            case DISPOSABLE,
                    PE32,
                    PIC,
                    TE,
                    DXE_DEPEX,
                    VERSION,
                    USER_INTERFACE,
                    COMPATIBILITY16,
                    FIRMWARE_VOLUME_IMAGE,
                    RAW,
                    PEI_DEPEX,
                    MM_DEPEX,
                    UNKNOWN ->
                    new Section.Plain(at, header, body(in, end));
        };
    }

    private Section readGuidDefined(Cursor in, SectionHeader header, long at, long end) {
        Guid guid = in.guid("SectionDefinitionGuid");
        int dataOffset = in.u16("DataOffset");
        int attributes = in.u16("Attributes");
        if (dataOffset < in.position() - at || dataOffset > end - at) {
            throw new MalformedImageException(
                    location,
                    at + header.length() + Guid.SIZE,
                    "DataOffset is 0x%x, the section has 0x%x bytes",
                    dataOffset,
                    end - at);
        }
        Image extra = in.image("GuidDefinedHeader", at + dataOffset - in.position());
        return new Section.GuidDefined(
                at, header, guid, dataOffset, attributes, extra, body(in, end));
    }

    /// The size of the section at `at`, limited to the bytes that are left. A section of known type
    /// may be truncated; an unknown type with such a size is more likely not a section at all.
    private long boundedSize(SectionHeader header, long at) {
        if (header.size() < header.length()) {
            throw new MalformedImageException(
                    location,
                    at,
                    "section has Size 0x%x, less than its header of 0x%x",
                    header.size(),
                    header.length());
        }
        long left = container.size() - at;
        if (header.size() <= left) {
            return header.size();
        }
        if (header.type() == SectionType.UNKNOWN) {
            throw new MalformedImageException(
                    location,
                    at,
                    "section of unknown type 0x%02x has Size 0x%x, only 0x%x bytes are left",
                    header.typeCode(),
                    header.size(),
                    left);
        }
        diagnostics.broken(
                location,
                at,
                "%s section has Size 0x%x, only 0x%x bytes are left",
                header.type().label(),
                header.size(),
                left);
        return left;
    }

    private void checkSize(SectionHeader header, long at, long end, int typeHeaderSize) {
        int headerSize = header.length() + typeHeaderSize;
        if (end - at < headerSize) {
            throw new MalformedImageException(
                    location,
                    at,
                    "%s section has 0x%x bytes, less than its header of 0x%x",
                    header.type().label(),
                    end - at,
                    headerSize);
        }
    }

    private static Image body(Cursor in, long end) {
        return in.image("SectionBody", end - in.position());
    }
}
