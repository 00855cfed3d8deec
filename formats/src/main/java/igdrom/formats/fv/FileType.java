package igdrom.formats.fv;

/// The type of a file in a volume.
///
/// Spec: PI 1.9 volume 3, "EFI_FV_FILETYPE".
public enum FileType {
    RAW(0x01, "raw", false),
    FREEFORM(0x02, "freeform", true),
    SECURITY_CORE(0x03, "SEC core", true),
    PEI_CORE(0x04, "PEI core", true),
    DXE_CORE(0x05, "DXE core", true),
    PEIM(0x06, "PEI module", true),
    DRIVER(0x07, "driver", true),
    COMBINED_PEIM_DRIVER(0x08, "PEI module and driver", true),
    APPLICATION(0x09, "application", true),
    MM(0x0a, "MM driver", true),
    FIRMWARE_VOLUME_IMAGE(0x0b, "volume image", true),
    COMBINED_MM_DXE(0x0c, "MM and DXE driver", true),
    MM_CORE(0x0d, "MM core", true),
    MM_STANDALONE(0x0e, "standalone MM driver", true),
    MM_CORE_STANDALONE(0x0f, "standalone MM core", true),
    PAD(0xf0, "pad", false),
    /// Defined by a vendor or by a later specification.
    UNKNOWN(-1, "file of unknown type", false);

    private static final FileType[] ALL = values();

    private final int code;
    private final String label;
    private final boolean sectioned;

    FileType(int code, String label, boolean sectioned) {
        this.code = code;
        this.label = label;
        this.sectioned = sectioned;
    }

    public static FileType of(int code) {
        for (FileType type : ALL) {
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

    /// Whether the body of such a file is a list of sections.
    public boolean sectioned() {
        return sectioned;
    }
}
