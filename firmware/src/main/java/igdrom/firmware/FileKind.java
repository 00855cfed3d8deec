package igdrom.firmware;

import igdrom.bytes.Image;

/// The kind of a whole file.
public enum FileKind {
    CAPSULE("capsule", "update capsule"),
    FLASH("flash", "SPI flash with Intel descriptor"),
    VOLUME("volume", "firmware volumes"),
    OPTION_ROM("option-rom", "PCI option ROM"),
    PROGRAM("efi", "EFI program"),
    VBT("vbt", "video BIOS table"),
    OPREGION("opregion", "IGD OpRegion"),
    UPDATE("update", "vendor's update package"),
    COREBOOT("coreboot", "coreboot image (CBFS)"),
    /// Begins with none of these, but contains some of them.
    IMAGE("image", "firmware image without a header"),
    /// An archive that the user has to extract first.
    ARCHIVE("archive", "archive"),
    UNKNOWN("unknown", "unknown format");

    private final String id;
    private final String label;

    FileKind(String id, String label) {
        this.id = id;
        this.label = label;
    }

    /// The kind of a file according to its first bytes. A file that begins with a vendor's update
    /// package or a CBFS file is unknown here; [FirmwareReader] recognises them by their content.
    public static FileKind of(Image image) {
        return Structures.kindOf(image);
    }

    /// The value in JSON.
    public String id() {
        return id;
    }

    public String label() {
        return label;
    }
}
