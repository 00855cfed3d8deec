package igdrom.formats.fv;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.ArrayList;
import java.util.List;

/// A section of a file. Its body is shorter than the header claims when the file is cut off.
public sealed interface Section extends SectionPart {
    /// More sections than any file has; what is behind them is a gap.
    int MAX_SECTIONS = 10_000;

    SectionHeader header();

    Image body();

    /// A section whose body is what its type says.
    record Plain(long offset, SectionHeader header, Image body) implements Section {
        @Override
        public long size() {
            return header.length() + body.size();
        }

        @Override
        public void write(Emitter out) {
            header.write(out);
            out.image(body);
        }
    }

    /// Packed by EFI 1.1, Tiano or (unofficially) LZMA, or not at all.
    ///
    /// Spec: PI 1.9 volume 3, "EFI_COMPRESSION_SECTION".
    ///
    /// @param decompressedSize as the header claims it
    /// @param compressionType 0 not packed, 1 EFI 1.1 or Tiano; 2 LZMA (Observed: Insyde, Apple)
    record Compression(
            long offset,
            SectionHeader header,
            long decompressedSize,
            int compressionType,
            Image body)
            implements Section {
        static final int EXTRA = 5;

        @Override
        public long size() {
            return header.length() + EXTRA + body.size();
        }

        @Override
        public void write(Emitter out) {
            header.write(out);
            out.u32(decompressedSize).u8(compressionType).image(body);
        }
    }

    /// Processed by whatever its GUID names.
    ///
    /// Spec: PI 1.9 volume 3, "EFI_GUID_DEFINED_SECTION".
    ///
    /// @param dataOffset where the data begins, from the start of the section
    /// @param extra what the GUID's own header holds, between the common part and the data
    record GuidDefined(
            long offset,
            SectionHeader header,
            Guid guid,
            int dataOffset,
            int attributes,
            Image extra,
            Image body)
            implements Section {
        static final int EXTRA = 20;
        private static final int PROCESSING_REQUIRED = 0x01;

        @Override
        public long size() {
            return header.length() + EXTRA + extra.size() + body.size();
        }

        /// Whether the body is unreadable for who does not know the GUID.
        public boolean processingRequired() {
            return (attributes & PROCESSING_REQUIRED) != 0;
        }

        @Override
        public void write(Emitter out) {
            header.write(out);
            out.guid(guid).u16(dataOffset).u16(attributes).image(extra).image(body);
        }
    }

    /// Data with a GUID that says what it is.
    ///
    /// Spec: PI 1.9 volume 3, "EFI_FREEFORM_SUBTYPE_GUID_SECTION".
    record Freeform(long offset, SectionHeader header, Guid subType, Image body)
            implements Section {
        @Override
        public long size() {
            return header.length() + Guid.SIZE + body.size();
        }

        @Override
        public void write(Emitter out) {
            header.write(out);
            out.guid(subType).image(body);
        }
    }

    /// Splits what follows a header into sections and gaps. Reading stops with a finding at a
    /// section that makes no sense; what is behind it is kept as a gap.
    ///
    /// @param container a file, or a section that holds others, from its own header on
    /// @param start where in it the first section begins
    static List<SectionPart> readAll(
            Image container, long start, Location location, Diagnostics diagnostics) {
        List<SectionPart> parts = new ArrayList<>();
        long at = start;
        while (container.size() - at >= SectionHeader.SIZE) {
            if (parts.size() >= 2 * MAX_SECTIONS) {
                diagnostics.add(
                        Diagnostic.broken(
                                location,
                                at,
                                String.format(
                                        "more than %d sections: the rest is not read",
                                        MAX_SECTIONS)));
                break;
            }
            Section section;
            try {
                section = read(container, at, location, diagnostics);
            } catch (MalformedImageException e) {
                // Trailing padding is no section, and nothing to mind.
                if (!container.from(at).isFilledWith(container.u8(at))) {
                    diagnostics.add(e.diagnostic());
                }
                break;
            }
            parts.add(section);
            at += section.size();
            long next = Math.min(start + ((at - start + 3) & ~3L), container.size());
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

    private static Section read(Image all, long at, Location location, Diagnostics diagnostics) {
        Cursor in = new Cursor(all, location).seek("Section", at);
        SectionHeader header = SectionHeader.read(in);
        if (header.size() < header.length()) {
            throw in.malformed(
                    at,
                    String.format(
                            "section has Size 0x%x, its header alone 0x%x",
                            header.size(), header.length()));
        }
        SectionType type = header.type();
        long left = all.size() - at;
        if (header.size() > left) {
            if (type == SectionType.UNKNOWN) {
                throw in.malformed(
                        at,
                        String.format(
                                "section of unknown type 0x%02x has Size 0x%x, only 0x%x bytes are"
                                        + " left",
                                header.typeCode(), header.size(), left));
            }
            diagnostics.add(
                    Diagnostic.broken(
                            location,
                            at,
                            String.format(
                                    "%s section has Size 0x%x, only 0x%x bytes are left",
                                    type.label(), header.size(), left)));
        }
        long end = at + Math.min(header.size(), left);
        return switch (type) {
            case COMPRESSION -> {
                checkHeader(in, at, header, Compression.EXTRA, end);
                yield new Compression(
                        at,
                        header,
                        in.u32("UncompressedLength"),
                        in.u8("CompressionType"),
                        rest(in, end));
            }
            case GUID_DEFINED -> {
                checkHeader(in, at, header, GuidDefined.EXTRA, end);
                Guid guid = in.guid("SectionDefinitionGuid");
                int dataOffset = in.u16("DataOffset");
                int attributes = in.u16("Attributes");
                if (dataOffset < in.position() - at || dataOffset > end - at) {
                    throw in.malformed(
                            at + header.length() + Guid.SIZE,
                            String.format(
                                    "DataOffset is 0x%x, the section has 0x%x bytes",
                                    dataOffset, end - at));
                }
                Image extra = in.image("GuidDefinedHeader", at + dataOffset - in.position());
                yield new GuidDefined(
                        at, header, guid, dataOffset, attributes, extra, rest(in, end));
            }
            case FREEFORM_SUBTYPE_GUID -> {
                checkHeader(in, at, header, Guid.SIZE, end);
                yield new Freeform(at, header, in.guid("SubTypeGuid"), rest(in, end));
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
                    new Plain(at, header, rest(in, end));
        };
    }

    private static void checkHeader(Cursor in, long at, SectionHeader header, int extra, long end) {
        if (end - at < header.length() + extra) {
            throw in.malformed(
                    at,
                    String.format(
                            "%s section has 0x%x bytes, its header alone 0x%x",
                            header.type().label(), end - at, header.length() + extra));
        }
    }

    private static Image rest(Cursor in, long end) {
        return in.image("SectionBody", end - in.position());
    }
}
