package igdrom.formats.vbt;

import igdrom.bytes.Image;

/// Block 27, the part of one panel: how an eDP panel is powered and linked. Times are in units of
/// 100 µs.
///
/// Source: Linux, intel_vbt_defs.h, `struct bdb_edp`.
///
/// @param powerUp T1 and T3, from power to AUX
/// @param backlightOn T8
/// @param backlightOff T9
/// @param powerDown T10
/// @param powerCycle T11 and T12
/// @param fastLinkLanes of training without handshake
/// @param maxRateMbps per lane, 0 when not limited (BDB 244)
public record EdpLink(
        int powerUp,
        int backlightOn,
        int backlightOff,
        int powerDown,
        int powerCycle,
        int bitsPerPixel,
        int fastLinkLanes,
        int maxRateMbps) {
    private static final int DEPTHS = 160;
    private static final int FAST_LINKS = 164;
    private static final int MAX_RATES = 780;
    private static final int SIZE = 812;

    static EdpLink read(BdbBlock block, int panel, int bdbVersion) {
        Image data = block.padded(SIZE);
        long sequence = panel * 10L;
        int rate = bdbVersion >= 244 ? data.u16(MAX_RATES + panel * 2L) : 0;
        return new EdpLink(
                data.u16(sequence),
                data.u16(sequence + 2),
                data.u16(sequence + 4),
                data.u16(sequence + 6),
                data.u16(sequence + 8),
                18 + 6 * (int) ((data.u32(DEPTHS) >>> (2 * panel)) & 3),
                1 + (data.u8(FAST_LINKS + panel * 2L) >>> 4),
                rate / 5);
    }
}
