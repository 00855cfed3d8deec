package igdrom.formats.vbt;

import igdrom.bytes.Image;

/// Block 12: settings for the graphics driver.
///
/// Source: Linux, intel_vbt_defs.h, `struct bdb_driver_features`.
///
/// @param bootWidth the width of the boot mode, 0 for automatic
/// @param panel 0 for none, 1 for an integrated one, 2 for one on SDVO, 3 for both, or for eDP from
///   BDB 155 on
/// @param customVersion a number that the board maker chose
/// @param drrs whether the refresh rate may follow the content (BDB 159 to 227)
/// @param psr whether the panel may refresh itself (BDB 165 to 227)
public record DriverFeatures(
        int bootWidth,
        int bootHeight,
        int bootBitsPerPixel,
        int bootRefresh,
        boolean primaryIsPanel,
        int panel,
        int customVersion,
        boolean drrs,
        boolean psr) {
    static final int SIZE = 19;

    static DriverFeatures read(BdbBlock block, int bdbVersion) {
        Image data = block.padded(SIZE);
        int extended = data.u16(7);
        int flags = data.u16(17);
        return new DriverFeatures(
                data.u16(1),
                data.u16(3),
                data.u8(5),
                data.u8(6),
                (extended & 1) != 0,
                (extended >>> 11) & 3,
                data.u8(16),
                bdbVersion >= 159 && bdbVersion < 228 && ((flags >>> 5) & 1) != 0,
                bdbVersion >= 165 && bdbVersion < 228 && ((flags >>> 9) & 1) != 0);
    }
}
