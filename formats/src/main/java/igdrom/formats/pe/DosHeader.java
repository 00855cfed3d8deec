package igdrom.formats.pe;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// The MS-DOS header at the start of a PE image.
///
/// Spec: PE/COFF, "MS-DOS Stub".
///
/// @param dosFields from e_cblp to e_res2, which UEFI ignores
/// @param peHeaderOffset e_lfanew, the offset of the signature `PE\0\0`
public record DosHeader(Image dosFields, long peHeaderOffset) {
    static final int BYTES = 0x40;
    static final int MAGIC = 0x5a4d;

    /// Offset of the field e_lfanew.
    static final int PE_HEADER_OFFSET = 0x3c;

    private static final int DOS_FIELDS = PE_HEADER_OFFSET - 2;

    public DosHeader {
        if (dosFields.size() != DOS_FIELDS || peHeaderOffset < BYTES) {
            throw new IllegalArgumentException("not a DOS header");
        }
    }

    static DosHeader read(Cursor in) {
        in.expectU16("e_magic", MAGIC);
        Image dosFields = in.image("DOS header", DOS_FIELDS);
        long offset = in.u32("e_lfanew");
        if (offset < BYTES || offset > in.image().size() - CoffHeader.BYTES) {
            throw in.malformed(
                    PE_HEADER_OFFSET,
                    "e_lfanew is 0x%x, the image ends at 0x%x (PE/COFF, \"MS-DOS Stub\")",
                    offset,
                    in.image().size());
        }
        return new DosHeader(dosFields, offset);
    }

    void write(Emitter out) {
        out.u16(MAGIC).image(dosFields).u32(peHeaderOffset);
    }
}
