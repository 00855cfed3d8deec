package igdrom.formats.vbt;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// One block of the BIOS data block. Unknown ones are kept too.
///
/// @param offset from the start of the BIOS data block
/// @param raw the whole block: id, size and data
public record BdbBlock(int id, long offset, Image raw) {
    public static final int GENERAL_FEATURES = 1;
    public static final int GENERAL_DEFINITIONS = 2;
    public static final int DRIVER_FEATURES = 12;
    public static final int EDP = 27;
    public static final int LFP_OPTIONS = 40;
    public static final int LFP_DATA_POINTERS = 41;
    public static final int LFP_DATA = 42;
    public static final int LFP_BACKLIGHT = 43;
    public static final int MIPI_CONFIGURATION = 52;
    public static final int MIPI_SEQUENCE = 53;
    public static final int GENERIC_DTD = 58;

    /// The size of the header of a block: id and 16-bit size.
    static final int HEADER_SIZE = 3;

    public Image data() {
        return raw.from(HEADER_SIZE);
    }

    /// The data, padded with zeros to `size`. Blocks of an older version end before the newer
    /// fields, whose default is zero.
    Image padded(long size) {
        Image data = data();
        if (data.size() >= size) {
            return data;
        }
        return new Emitter().image(data).fillTo(size, 0).toImage();
    }

    /// The name of the block.
    ///
    /// Source: Linux, intel_vbt_defs.h, `enum bdb_block_id`.
    public String name() {
        return switch (id) {
            case GENERAL_FEATURES -> "general features";
            case GENERAL_DEFINITIONS -> "general definitions";
            case 3 -> "display toggle";
            case 4 -> "mode support list";
            case 5 -> "generic mode table";
            case 6 -> "extended MMIO registers";
            case 7 -> "software flags (I/O)";
            case 8 -> "software flags (MMIO)";
            case 9 -> "panel self refresh";
            case 10 -> "mode removal table";
            case 11 -> "child device table";
            case DRIVER_FEATURES -> "driver features";
            case 13 -> "driver persistence";
            case 14 -> "extended table pointers";
            case 15 -> "dot clock override";
            case 16 -> "display select (before Ivy Bridge)";
            case 17 -> "test functions";
            case 18 -> "driver rotation";
            case 19 -> "display removal (before Ivy Bridge)";
            case 20 -> "OEM modes";
            case 21 -> "external panel list";
            case 22 -> "SDVO LVDS options";
            case 23 -> "SDVO LVDS timings";
            case 24 -> "SDVO LVDS ids";
            case 25 -> "SDVO LVDS power sequence";
            case 26 -> "TV options";
            case EDP -> "eDP";
            case 28 -> "external panel timings";
            case 29 -> "display select (Ivy Bridge)";
            case 30 -> "display removal (Ivy Bridge)";
            case 31 -> "display select";
            case 32 -> "display removal";
            case LFP_OPTIONS -> "internal panel options";
            case LFP_DATA_POINTERS -> "internal panel data pointers";
            case LFP_DATA -> "internal panel data";
            case LFP_BACKLIGHT -> "backlight";
            case 44 -> "panel power features";
            case 45 -> "eDP black frame insertion";
            case 46 -> "chromaticity";
            case 50 -> "MIPI (old)";
            case 51 -> "fixed mode";
            case MIPI_CONFIGURATION -> "MIPI configuration";
            case MIPI_SEQUENCE -> "MIPI sequences";
            case 54 -> "RGB palette";
            case 55 -> "compression (old)";
            case 56 -> "compression";
            case 57 -> "voltage swing and pre-emphasis";
            case GENERIC_DTD -> "panel timings";
            case 252 -> "interrupt 15h hooks";
            case 253 -> "PRD table";
            case 254 -> "VGA BIOS private";
            default -> "unknown";
        };
    }

    void write(Emitter out) {
        out.image(raw);
    }
}
