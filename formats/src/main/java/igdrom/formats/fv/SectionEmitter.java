package igdrom.formats.fv;

import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;

/// Builds the body of a file: sections, each aligned to four bytes.
public final class SectionEmitter {
    private static final int MIN_EXTENDED_SIZE = 0xffffff;

    private final Emitter out = new Emitter();

    public SectionEmitter add(SectionType type, Image body) {
        return addSection(type, new Emitter(), body);
    }

    /// Adds the name that tools show for the file.
    public SectionEmitter addName(String name) {
        return add(SectionType.USER_INTERFACE, new Emitter().utf16z(name).toImage());
    }

    /// Adds data that is already compressed.
    ///
    /// @param compressionType 0 not compressed, 1 EFI 1.1 or Tiano
    public SectionEmitter addCompression(
            int compressionType, long decompressedSize, Image compressed) {
        return addSection(
                SectionType.COMPRESSION,
                new Emitter().u32(decompressedSize).u8(compressionType),
                compressed);
    }

    /// Adds data that has already been processed as `guid` defines.
    ///
    /// @param attributes 1 when the data is unreadable without processing, 2 when it carries an
    ///   authentication status
    /// @param extra the additional header that the GUID defines
    public SectionEmitter addGuidDefined(Guid guid, int attributes, Image extra, Image data) {
        int header =
                isExtended(Section.GuidDefined.TYPE_HEADER_SIZE + extra.size() + data.size())
                        ? 8
                        : 4;
        int dataOffset =
                header + Section.GuidDefined.TYPE_HEADER_SIZE + Math.toIntExact(extra.size());
        return addSection(
                SectionType.GUID_DEFINED,
                new Emitter().guid(guid).u16(dataOffset).u16(attributes).image(extra),
                data);
    }

    public Image toImage() {
        return out.toImage();
    }

    private SectionEmitter addSection(SectionType type, Emitter extra, Image body) {
        out.align(4, 0);
        Image typeHeader = extra.toImage();
        long content = typeHeader.size() + body.size();
        boolean extended = isExtended(content);
        long size = content + (extended ? SectionHeader.EXTENDED_SIZE : SectionHeader.SIZE);
        new SectionHeader(size, type.code(), extended).write(out);
        out.image(typeHeader).image(body);
        return this;
    }

    private static boolean isExtended(long content) {
        return content + SectionHeader.SIZE >= MIN_EXTENDED_SIZE;
    }
}
