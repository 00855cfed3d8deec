package igdrom.formats.fv;

/// The type of a section.
///
/// Spec: PI 1.9 volume 3, "EFI_SECTION_TYPE".
public enum SectionType {
    COMPRESSION(0x01, "compression"),
    GUID_DEFINED(0x02, "GUID-defined"),
    DISPOSABLE(0x03, "disposable"),
    PE32(0x10, "PE32"),
    PIC(0x11, "PIC"),
    TE(0x12, "TE"),
    DXE_DEPEX(0x13, "DXE depex"),
    VERSION(0x14, "version"),
    USER_INTERFACE(0x15, "UI"),
    COMPATIBILITY16(0x16, "COMPAT16"),
    FIRMWARE_VOLUME_IMAGE(0x17, "volume image"),
    FREEFORM_SUBTYPE_GUID(0x18, "freeform"),
    RAW(0x19, "raw"),
    PEI_DEPEX(0x1b, "PEI depex"),
    MM_DEPEX(0x1c, "MM depex"),
    /// Defined by a vendor or by a later specification.
    UNKNOWN(-1, "section of unknown type");

    private static final SectionType[] ALL = values();

    private final int code;
    private final String label;

    SectionType(int code, String label) {
        this.code = code;
        this.label = label;
    }

    public static SectionType of(int code) {
        for (SectionType type : ALL) {
            if (type.code == code) {
                return type;
            }
        }
        return UNKNOWN;
    }

    public int code() {
        return code;
    }

    public String label() {
        return label;
    }
}
