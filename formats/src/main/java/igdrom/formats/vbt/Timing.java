package igdrom.formats.vbt;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// The timing of a mode, in pixels and lines.
///
/// @param clockKhz the pixel clock
/// @param horizontalBlank invisible pixels of a line
/// @param horizontalSyncOffset from the end of the picture to the sync pulse
public record Timing(
        long clockKhz,
        int width,
        int horizontalBlank,
        int horizontalSyncOffset,
        int horizontalSyncWidth,
        int height,
        int verticalBlank,
        int verticalSyncOffset,
        int verticalSyncWidth) {
    /// The size of a detailed timing descriptor.
    static final int DTD_SIZE = 18;

    /// The size of an entry of block 58.
    static final int GENERIC_SIZE = 24;

    /// The refresh rate in Hz, rounded; 0 when the picture has no pixels.
    public long refresh() {
        long pixels = (width + (long) horizontalBlank) * (height + (long) verticalBlank);
        return pixels == 0 ? 0 : (clockKhz * 1000 + pixels / 2) / pixels;
    }

    /// Whether the entry was filled in: unset ones are zero.
    boolean isSet() {
        return clockKhz != 0 && width != 0 && height != 0;
    }

    /// Decodes a detailed timing descriptor.
    ///
    /// Spec: VESA E-EDID 1.4, "Detailed Timing Descriptor".
    static Timing ofDtd(Image dtd) {
        return new Timing(
                dtd.u16(0) * 10L,
                dtd.u8(2) | high(dtd, 4),
                dtd.u8(3) | low(dtd, 4),
                dtd.u8(8) | ((dtd.u8(11) >>> 6) << 8),
                dtd.u8(9) | (((dtd.u8(11) >>> 4) & 3) << 8),
                dtd.u8(5) | high(dtd, 7),
                dtd.u8(6) | low(dtd, 7),
                (dtd.u8(10) >>> 4) | (((dtd.u8(11) >>> 2) & 3) << 4),
                (dtd.u8(10) & 0xf) | ((dtd.u8(11) & 3) << 4));
    }

    /// Decodes an entry of block 58.
    ///
    /// Source: Linux, intel_vbt_defs.h, `struct generic_dtd_entry`.
    static Timing ofGeneric(Image entry) {
        return new Timing(
                entry.u32(0),
                entry.u16(4),
                entry.u16(6),
                entry.u16(8),
                entry.u16(10),
                entry.u16(12),
                entry.u16(14),
                entry.u16(16),
                entry.u16(18));
    }

    void writeDtd(Emitter out) {
        out.u16(Math.toIntExact(clockKhz / 10)).u8(width & 0xff).u8(horizontalBlank & 0xff);
        out.u8(((width >>> 8) << 4) | (horizontalBlank >>> 8));
        out.u8(height & 0xff).u8(verticalBlank & 0xff);
        out.u8(((height >>> 8) << 4) | (verticalBlank >>> 8));
        out.u8(horizontalSyncOffset & 0xff).u8(horizontalSyncWidth & 0xff);
        out.u8(((verticalSyncOffset & 0xf) << 4) | (verticalSyncWidth & 0xf));
        out.u8(
                ((horizontalSyncOffset >>> 8) << 6)
                        | ((horizontalSyncWidth >>> 8) << 4)
                        | ((verticalSyncOffset >>> 4) << 2)
                        | (verticalSyncWidth >>> 4));
        // No size, no border; separate digital syncs, both positive.
        out.u24(0).u16(0).u8(0x1e);
    }

    /// For example `1920x1080@60`.
    @Override
    public String toString() {
        return width + "x" + height + "@" + refresh();
    }

    private static int high(Image dtd, long offset) {
        return (dtd.u8(offset) >>> 4) << 8;
    }

    private static int low(Image dtd, long offset) {
        return (dtd.u8(offset) & 0xf) << 8;
    }
}
