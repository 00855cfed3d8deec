package igdrom.formats.vbt;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// The header that a VBT starts with.
///
/// Source: Linux, intel_vbt_defs.h, `struct vbt_header`.
///
/// @param signature 20 bytes, `$VBT` and as a rule the platform's name
/// @param vbtSize from the header to the end of the last block
/// @param bdbOffset where the BIOS data block is, from the VBT's start
public record VbtHeader(
        Image signature,
        int version,
        int headerSize,
        int vbtSize,
        int checksum,
        int reserved,
        long bdbOffset) {
    /// The fields above. Four offsets of add-in modules follow, which nobody uses.
    public static final int SIZE = 0x20;

    public static final Image SIGNATURE = Image.ofAscii("$VBT");

    static final int SIGNATURE_SIZE = 20;
    static final long VBT_SIZE_OFFSET = 0x18;
    static final long CHECKSUM_OFFSET = 0x1a;
    static final long BDB_OFFSET = 0x1c;

    /// The platform as the signature names it, for example `ALDERLAKE-P`; may be empty.
    ///
    /// Observed: Rocket Lake's and Alder Lake S' tables say `TIGERLAKE`, so this is a hint.
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
