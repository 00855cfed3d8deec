package igdrom.formats.vbt;

import igdrom.bytes.Image;

/// The backlight of a panel: its entry in block 43.
///
/// Source: Linux, intel_vbt_defs.h, `struct bdb_lfp_backlight`.
///
/// @param type [#NONE], [#PWM] or a value without a name
/// @param activeLow whether the PWM signal is active low
/// @param minimum the lowest brightness, of 255 (until BDB 233)
public record Backlight(int type, boolean activeLow, int frequencyHz, int minimum) {
    public static final int NONE = 0;
    public static final int PWM = 2;

    private static final int ENTRY_SIZE = 6;

    static Backlight read(BdbBlock block, int panel) {
        int entryStep = block.padded(1).u8(0);
        long at = 1 + (long) entryStep * panel;
        Image entry = block.padded(at + ENTRY_SIZE).slice(at, ENTRY_SIZE);
        return new Backlight(entry.u8(0) & 3, (entry.u8(0) & 4) != 0, entry.u16(1), entry.u8(3));
    }
}
