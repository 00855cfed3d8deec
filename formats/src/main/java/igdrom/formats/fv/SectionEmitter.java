package igdrom.formats.fv;

import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;

/// Builds the body of a file: sections, each aligned to four bytes.
public final class SectionEmitter {
    private static final int EXTENDED_FROM = 0xffffff;

    private final Emitter out = new Emitter();

    public SectionEmitter add(SectionType type, Image body) {
        return addSection(type, new Emitter(), body);
    }

    /// The name that tools show for the file.
    public SectionEmitter addName(String name) {
        return add(SectionType.USER_INTERFACE, new Emitter().utf16z(name).toImage());
    }

    /// Data that is packed already.
    ///
    /// @param compressionType 0 not packed, 1 EFI 1.1 or Tiano
    public SectionEmitter addCompression(int compressionType, long decompressedSize, Image packed) {
        return addSection(
                SectionType.COMPRESSION,
                new Emitter().u32(decompressedSize).u8(compressionType),
                packed);
    }

    /// Data that was processed already, as `guid` says.
    ///
    /// @param attributes 1 when the data cannot be read without processing, 2 when there is an
    ///   authentication status
    /// @param extra the GUID's own header before the data
    public SectionEmitter addGuidDefined(Guid guid, int attributes, Image extra, Image data) {
        int header = isExtended(Section.GuidDefined.EXTRA + extra.size() + data.size()) ? 8 : 4;
        int dataOffset = header + Section.GuidDefined.EXTRA + Math.toIntExact(extra.size());
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
        Image head = extra.toImage();
        long content = head.size() + body.size();
        boolean extended = isExtended(content);
        long size = content + (extended ? SectionHeader.EXTENDED_SIZE : SectionHeader.SIZE);
        new SectionHeader(size, type.code(), extended).write(out);
        out.image(head).image(body);
        return this;
    }

    private static boolean isExtended(long content) {
        return content + SectionHeader.SIZE >= EXTENDED_FROM;
    }
}
