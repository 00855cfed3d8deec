package igdrom.firmware;

import igdrom.bytes.Image;
import igdrom.formats.capsule.Capsule;
import igdrom.formats.fv.Volume;
import igdrom.formats.ifd.FlashDescriptor;
import igdrom.formats.opregion.OpRegion;
import igdrom.formats.oprom.OptionRom;
import igdrom.formats.pe.Executable;
import igdrom.formats.vbt.Vbt;

/// What a whole file is, by how it begins.
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
    /// Begins with none of those, but some of them were found further on.
    IMAGE("image", "firmware image without a header of its own"),
    /// An archive that the user has to unpack first.
    ARCHIVE("archive", "archive"),
    UNKNOWN("unknown", "nothing igdrom knows");

    private final String id;
    private final String label;

    FileKind(String id, String label) {
        this.id = id;
        this.label = label;
    }

    /// What `image` is by its first bytes. One that begins with none of what it holds is unknown.
    public static FileKind of(Image image) {
        if (FlashDescriptor.looksLikeDescriptor(image, 0)) {
            return FLASH;
        }
        if (Volume.looksLikeVolume(image, 0)) {
            return VOLUME;
        }
        if (OptionRom.looksLikeRom(image, 0)) {
            return OPTION_ROM;
        }
        if (Vbt.looksLikeVbt(image, 0)) {
            return VBT;
        }
        if (OpRegion.looksLikeOpRegion(image, 0)) {
            return OPREGION;
        }
        if (Executable.looksLikePe(image, 0) || Executable.looksLikeTe(image, 0)) {
            return PROGRAM;
        }
        if (Capsule.looksLikeCapsule(image)) {
            return CAPSULE;
        }
        return Archives.nameOf(image).isPresent() ? ARCHIVE : UNKNOWN;
    }

    /// The word in `--json`.
    public String id() {
        return id;
    }

    public String label() {
        return label;
    }
}
