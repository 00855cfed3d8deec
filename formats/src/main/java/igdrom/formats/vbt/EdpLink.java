package igdrom.formats.vbt;

import igdrom.bytes.Image;

/// Power sequence and link of an eDP panel: its entries in block 27. Times are in units of 100 µs.
///
/// Source: Linux, intel_vbt_defs.h, `struct bdb_edp`.
///
/// @param powerUp T1 and T3, from power-on to AUX
/// @param backlightOn T8
/// @param backlightOff T9
/// @param powerDown T10
/// @param powerCycle T11 and T12
/// @param fastLinkLanes the lanes for link training without handshake
/// @param maxRateMbps the limit per lane, 0 for none (BDB 244)
public record EdpLink(
        int powerUp,
        int backlightOn,
        int backlightOff,
        int powerDown,
        int powerCycle,
        int bitsPerPixel,
        int fastLinkLanes,
        int maxRateMbps) {
    private static final int DEPTHS_OFFSET = 160;
    private static final int FAST_LINKS_OFFSET = 164;
    private static final int RATE_LIMITS_OFFSET = 780;
    private static final int SIZE = 812;

    static EdpLink read(BdbBlock block, int panel, int bdbVersion) {
        Image data = block.padded(SIZE);
        long sequence = panel * 10L;
        int rate = bdbVersion >= 244 ? data.u16(RATE_LIMITS_OFFSET + panel * 2L) : 0;
        return new EdpLink(
                data.u16(sequence),
                data.u16(sequence + 2),
                data.u16(sequence + 4),
                data.u16(sequence + 6),
                data.u16(sequence + 8),
                18 + 6 * (int) ((data.u32(DEPTHS_OFFSET) >>> (2 * panel)) & 3),
                1 + (data.u8(FAST_LINKS_OFFSET + panel * 2L) >>> 4),
                rate / 5);
    }
}
