package igdrom.formats.vbt;

import igdrom.bytes.Image;

/// Block 1: general features of the board.
///
/// Source: Linux, intel_vbt_defs.h, `struct bdb_general_features`.
///
/// @param panelFitting bit 0 for text, bit 1 for graphics
/// @param lvdsSpreadSpectrum whether the LVDS clock of `lvdsClockMhz` uses spread spectrum
/// @param lfpOnOverride whether the panel is on even when a strap disables it
/// @param dpSpreadSpectrum whether the clock of eDP on the PCH uses spread spectrum
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
