package igdrom.formats.oprom;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;

/// The PCI data structure of one image: for which device it is, how long it is, what is in it.
///
/// Spec: PCI Firmware 3.3, "PCI Data Structure Format". Revision 0 (PCI 2.x) has a pointer to vital
/// product data where revision 3 has the one to the device list, and ends before
/// `configurationUtilityOffset`.
///
/// @param deviceListOffset from this structure's start, 0 for none
/// @param length of this structure as it says itself
/// @param imageUnits of the whole image, in units of 512 bytes
/// @param maxRuntimeUnits of an x86 image after its initialization, in units of 512 bytes
/// @param rest of a structure longer than that of PCI 2.x, at most 4 bytes: the offsets of the
///   configuration utility code header and of the DMTF CLP entry point
public record PciData(
        PciId id,
        int deviceListOffset,
        int length,
        int revision,
        int classCode,
        int imageUnits,
        int codeRevision,
        int codeType,
        int indicator,
        int maxRuntimeUnits,
        Image rest) {
    public static final Image SIGNATURE = Image.ofAscii("PCIR");
    public static final int LENGTH_2 = 0x18;
    public static final int LENGTH_3 = 0x1c;

    /// Code types; others are kept.
    public static final int X86 = 0;

    public static final int OPEN_FIRMWARE = 1;
    public static final int PA_RISC = 2;
    public static final int EFI = 3;

    private static final int LAST = 0x80;

    /// True for the last image of the ROM.
    public boolean last() {
        return (indicator & LAST) != 0;
    }

    /// The bytes that the image claims.
    public long imageSize() {
        return imageUnits * (long) RomImage.UNIT;
    }

    /// The code type in words.
    public String codeTypeName() {
        return switch (codeType) {
            case X86 -> "x86 (legacy BIOS)";
            case OPEN_FIRMWARE -> "Open Firmware";
            case PA_RISC -> "PA-RISC";
            case EFI -> "UEFI";
            default -> "unknown code type 0x" + Integer.toHexString(codeType);
        };
    }

    /// Where the configuration utility code header is, from the image's start; 0 for none.
    public int configurationUtilityOffset() {
        return wordOfRevision3(0);
    }

    /// Where the DMTF CLP entry point is, from the image's start; 0 for none.
    public int dmtfClpOffset() {
        return wordOfRevision3(2);
    }

    static PciData read(Cursor in) {
        in.expect("Signature", SIGNATURE);
        PciId id = new PciId(in.u16("VendorId"), in.u16("DeviceId"));
        int deviceListOffset = in.u16("DeviceListOffset");
        int length = in.u16("Length");
        int revision = in.u8("Revision");
        int classCode = in.u24("ClassCode");
        int imageUnits = in.u16("ImageLength");
        int codeRevision = in.u16("CodeRevision");
        int codeType = in.u8("CodeType");
        int indicator = in.u8("Indicator");
        int maxRuntimeUnits = in.u16("MaxRuntimeImageLength");
        // A wrong length must not hide an image: the fields of PCI 2.x are there all the same.
        int known = Math.clamp((long) length, LENGTH_2, LENGTH_3) - LENGTH_2;
        long more = Math.min(known, in.remaining());
        return new PciData(
                id,
                deviceListOffset,
                length,
                revision,
                classCode,
                imageUnits,
                codeRevision,
                codeType,
                indicator,
                maxRuntimeUnits,
                in.image("rest", more));
    }

    void write(Emitter out) {
        out.image(SIGNATURE).u16(id.vendor()).u16(id.device()).u16(deviceListOffset);
        out.u16(length).u8(revision).u24(classCode).u16(imageUnits).u16(codeRevision);
        out.u8(codeType).u8(indicator).u16(maxRuntimeUnits).image(rest);
    }

    PciData withLast(boolean last) {
        return with(id, last ? indicator | LAST : indicator & ~LAST);
    }

    PciData withId(PciId other) {
        return with(other, indicator);
    }

    private PciData with(PciId newId, int newIndicator) {
        return new PciData(
                newId,
                deviceListOffset,
                length,
                revision,
                classCode,
                imageUnits,
                codeRevision,
                codeType,
                newIndicator,
                maxRuntimeUnits,
                rest);
    }

    private int wordOfRevision3(int offset) {
        return revision >= 3 && rest.size() >= offset + 2 ? rest.u16(offset) : 0;
    }
}
