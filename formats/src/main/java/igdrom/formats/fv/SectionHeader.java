package igdrom.formats.fv;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;

/// The common header of all sections.
///
/// Spec: PI 1.9 volume 3, "EFI_COMMON_SECTION_HEADER", "EFI_COMMON_SECTION_HEADER2".
///
/// @param size of the section including the header, according to the header
/// @param extended whether the 24-bit size is FFFFFF and a 32-bit one follows
public record SectionHeader(long size, int typeCode, boolean extended) {
    static final int SIZE = 4;
    static final int EXTENDED_SIZE = 8;

    private static final int EXTENDED_MARK = 0xffffff;

    static SectionHeader read(Cursor in) {
        int size = in.u24("Size");
        int type = in.u8("Type");
        boolean extended = size == EXTENDED_MARK;
        return new SectionHeader(extended ? in.u32("ExtendedSize") : size, type, extended);
    }

    void write(Emitter out) {
        out.u24(extended ? EXTENDED_MARK : (int) size).u8(typeCode);
        if (extended) {
            out.u32(size);
        }
    }

    /// The size of the header itself.
    public int length() {
        return extended ? EXTENDED_SIZE : SIZE;
    }

    public SectionType type() {
        return SectionType.of(typeCode);
    }
}
