package igdrom.formats.vbt;

import igdrom.bytes.Image;

/// Block 43, the part of one panel.
///
/// Source: Linux, intel_vbt_defs.h, `struct bdb_lfp_backlight`.
///
/// @param type 0 for none, 2 for pulse width modulation
/// @param minimum brightness of 255 (until BDB 233)
public record Backlight(int type, boolean activeLow, int frequencyHz, int minimum) {
    public static final int NONE = 0;
    public static final int PWM = 2;

    static Backlight read(BdbBlock block, int panel) {
        Image data = block.padded(1);
        long at = 1 + (long) data.u8(0) * panel;
        Image entry = block.padded(at + 6).slice(at, 6);
        return new Backlight(entry.u8(0) & 3, (entry.u8(0) & 4) != 0, entry.u16(1), entry.u8(3));
    }
}
