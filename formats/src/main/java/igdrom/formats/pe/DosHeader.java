package igdrom.formats.pe;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// The header that makes an executable a DOS program too.
///
/// Spec: PE/COFF, "MS-DOS Stub".
///
/// @param dosFields from e_cblp to e_res2, which mean nothing to UEFI
/// @param peHeaderOffset where the signature `PE\0\0` is
public record DosHeader(Image dosFields, long peHeaderOffset) {
    static final int BYTES = 0x40;
    static final int MAGIC = 0x5a4d;

    private static final int DOS_FIELDS = BYTES - 2 - 4;

    public DosHeader {
        if (dosFields.size() != DOS_FIELDS || peHeaderOffset < BYTES) {
            throw new IllegalArgumentException("no DOS header");
        }
    }

    static DosHeader read(Cursor in) {
        in.expectU16("e_magic", MAGIC);
        Image dosFields = in.image("DOS header", DOS_FIELDS);
        long at = in.position();
        long offset = in.u32("e_lfanew");
        if (offset < BYTES || offset > in.image().size() - CoffHeader.BYTES) {
            throw in.malformed(
                    at,
                    String.format(
                            "e_lfanew is 0x%x, the image ends at 0x%x (PE/COFF, \"MS-DOS Stub\")",
                            offset, in.image().size()));
        }
        return new DosHeader(dosFields, offset);
    }

    void write(Emitter out) {
        out.u16(MAGIC).image(dosFields).u32(peHeaderOffset);
    }
}
