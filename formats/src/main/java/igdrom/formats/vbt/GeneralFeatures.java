package igdrom.formats.vbt;

import igdrom.bytes.Image;

/// Block 1: what the board can do at large.
///
/// Source: Linux, intel_vbt_defs.h, `struct bdb_general_features`.
///
/// @param panelFitting bit 0 for text, bit 1 for graphics
/// @param lvdsSpreadSpectrum the panel's clock is spread, at `lvdsClockMhz`
/// @param lfpOnOverride the panel is on even when a strap says no
/// @param dpSpreadSpectrum the clock of eDP behind the PCH is spread
public record GeneralFeatures(
        int panelFitting,
        boolean lvdsSpreadSpectrum,
        int lvdsClockMhz,
        boolean lfpOnOverride,
        boolean hotplugInVbios,
        boolean rotated180,
        boolean legacyMonitorDetect,
        boolean integratedCrt,
        boolean integratedTv,
        boolean integratedEfp,
        boolean dpSpreadSpectrum) {
    static final int SIZE = 5;

    static GeneralFeatures read(BdbBlock block, int bdbVersion) {
        Image data = block.padded(SIZE);
        int second = data.u8(1);
        int third = data.u8(2);
        int fifth = data.u8(4);
        return new GeneralFeatures(
                data.u8(0) & 3,
                bit(second, 1),
                bit(second, 2) ? 100 : 120,
                bit(second, 3),
                bit(second, 7),
                bdbVersion >= 181 && bit(third, 2),
                data.u8(3) != 0,
                bit(fifth, 0),
                bit(fifth, 1),
                bit(fifth, 2),
                bit(fifth, 3));
    }

    private static boolean bit(int value, int number) {
        return ((value >>> number) & 1) != 0;
    }
}
