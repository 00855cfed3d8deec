package igdrom.formats.oprom;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;

/// The PCI data structure of one image, with the image's device, length and code type.
///
/// Spec: PCI Firmware 3.3, "PCI Data Structure Format". In revision 0 (PCI 2.x) DeviceListOffset is
/// a pointer to vital product data, and the structure ends before the offset of the configuration
/// utility code header.
///
/// @param deviceListOffset from the start of this structure, 0 for none
/// @param length the size of this structure as it says itself
/// @param imageUnits the size of the whole image, in units of 512 bytes
/// @param maxRuntimeUnits the size of an x86 image after initialization, in units of 512 bytes
/// @param rest the fields that PCI 3.0 added, at most 4 bytes: the offsets of the configuration
///   utility code header and of the DMTF CLP entry point
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

    /// The size of the structure in PCI 2.x.
    public static final int LENGTH_2 = 0x18;

    /// The size of the structure in PCI 3.0.
    public static final int LENGTH_3 = 0x1c;

    /// Offset of the field DeviceListOffset.
    static final int DEVICE_LIST_OFFSET = 0x08;

    /// Offset of the field Length.
    static final int LENGTH_OFFSET = 0x0a;

    /// Offset of the field ImageLength.
    static final int IMAGE_LENGTH_OFFSET = 0x10;

    /// Offset of the field CodeType.
    static final int CODE_TYPE_OFFSET = 0x14;

    /// Code types; others are kept as numbers.
    public static final int X86 = 0;

    public static final int OPEN_FIRMWARE = 1;
    public static final int PA_RISC = 2;
    public static final int EFI = 3;

    /// The bit of Indicator in the last image of a ROM.
    static final int LAST = 0x80;

    /// Whether this is the last image of the ROM.
    public boolean last() {
        return (indicator & LAST) != 0;
    }

    /// The size of the image in bytes.
    public long imageSize() {
        return imageUnits * (long) RomImage.UNIT;
    }

    /// The name of the code type.
    public String codeTypeName() {
        return switch (codeType) {
            case X86 -> "x86 (legacy BIOS)";
            case OPEN_FIRMWARE -> "Open Firmware";
            case PA_RISC -> "PA-RISC";
            case EFI -> "UEFI";
            default -> "unknown code type 0x" + Integer.toHexString(codeType);
        };
    }

    /// The offset of the configuration utility code header in the image; 0 for none.
    public int configurationUtilityOffset() {
        return wordOfRevision3(0);
    }

    /// The offset of the DMTF CLP entry point in the image; 0 for none.
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
        // Do not lose an image because of a wrong length: the fields of PCI 2.x always exist.
        int added = Math.clamp((long) length, LENGTH_2, LENGTH_3) - LENGTH_2;
        long present = Math.min(added, in.remaining());
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
                in.image("rest", present));
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
