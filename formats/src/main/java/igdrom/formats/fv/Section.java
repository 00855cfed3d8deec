package igdrom.formats.fv;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import java.util.List;

/// A section of a file. In a truncated file its body is shorter than the header claims.
public sealed interface Section extends SectionPart {
    SectionHeader header();

    Image body();

    /// A section without a header beyond the common one.
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

    /// A section whose body is compressed by EFI 1.1, Tiano or (unofficially) LZMA, or not at all.
    ///
    /// Spec: PI 1.9 volume 3, "EFI_COMPRESSION_SECTION".
    ///
    /// @param decompressedSize as the header claims it
    /// @param compressionType 0 not compressed, 1 EFI 1.1 or Tiano; 2 LZMA (Observed: Insyde,
    ///   Apple)
    record Compression(
            long offset,
            SectionHeader header,
            long decompressedSize,
            int compressionType,
            Image body)
            implements Section {
        static final int TYPE_HEADER_SIZE = 5;

        @Override
        public long size() {
            return header.length() + TYPE_HEADER_SIZE + body.size();
        }

        @Override
        public void write(Emitter out) {
            header.write(out);
            out.u32(decompressedSize).u8(compressionType).image(body);
        }
    }

    /// A section whose body is processed as its GUID defines.
    ///
    /// Spec: PI 1.9 volume 3, "EFI_GUID_DEFINED_SECTION".
    ///
    /// @param dataOffset of the body, from the start of the section
    /// @param extra the additional header that the GUID defines, before the body
    record GuidDefined(
            long offset,
            SectionHeader header,
            Guid guid,
            int dataOffset,
            int attributes,
            Image extra,
            Image body)
            implements Section {
        static final int TYPE_HEADER_SIZE = 20;
        private static final int PROCESSING_REQUIRED = 0x01;

        @Override
        public long size() {
            return header.length() + TYPE_HEADER_SIZE + extra.size() + body.size();
        }

        /// Whether the body is unreadable without the processing that the GUID defines.
        public boolean processingRequired() {
            return (attributes & PROCESSING_REQUIRED) != 0;
        }

        @Override
        public void write(Emitter out) {
            header.write(out);
            out.guid(guid).u16(dataOffset).u16(attributes).image(extra).image(body);
        }
    }

    /// A section whose content a GUID identifies.
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

    /// Splits a body into sections and gaps. Reading stops with a diagnostic at an invalid section;
    /// the bytes from there on become a gap.
    ///
    /// @param container a file, or a section that contains others, including its own header
    /// @param start the offset of the first section in it
    static List<SectionPart> readAll(
            Image container, long start, Location location, Diagnostics diagnostics) {
        return new SectionReader(container, location, diagnostics).readAll(start);
    }
}
