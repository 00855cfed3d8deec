package igdrom.formats.vbt;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// The header of a VBT.
///
/// Source: Linux, intel_vbt_defs.h, `struct vbt_header`.
///
/// @param signature 20 bytes: `$VBT` and usually the name of the platform
/// @param vbtSize the size of the VBT from the header to the end of the last block
/// @param bdbOffset the offset of the BIOS data block
public record VbtHeader(
        Image signature,
        int version,
        int headerSize,
        int vbtSize,
        int checksum,
        int reserved,
        long bdbOffset) {
    /// The size of these fields. Four offsets of add-in modules may follow, which drivers ignore.
    public static final int SIZE = 0x20;

    public static final Image SIGNATURE = Image.ofAscii("$VBT");

    static final int SIGNATURE_SIZE = 20;

    /// Offset of the field VbtSize.
    static final long VBT_SIZE_OFFSET = 0x18;

    /// Offset of the field Checksum.
    static final long CHECKSUM_OFFSET = 0x1a;

    /// Offset of the field BdbOffset.
    static final long BDB_OFFSET = 0x1c;

    /// The platform in the signature, for example `ALDERLAKE-P`; may be empty. This is only a hint.
    ///
    /// Observed: the tables of Rocket Lake and Alder Lake S have `TIGERLAKE`.
    public String platform() {
        return Text.printable(signature.from(SIGNATURE.size()));
    }

    static VbtHeader read(Cursor in) {
        in.expect("Signature", SIGNATURE);
        in.seek("Signature", 0);
        return new VbtHeader(
                in.image("Signature", SIGNATURE_SIZE),
                in.u16("Version"),
                in.u16("HeaderSize"),
                in.u16("VbtSize"),
                in.u8("Checksum"),
                in.u8("Reserved"),
                in.u32("BdbOffset"));
    }

    void write(Emitter out) {
        out.image(signature).u16(version).u16(headerSize).u16(vbtSize);
        out.u8(checksum).u8(reserved).u32(bdbOffset);
    }
}
