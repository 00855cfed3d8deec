package igdrom.formats.opregion;

import igdrom.bytes.Image;

/// Mailbox 3, backlight and panel, and since version 2.0 where the VBT is when it is not in mailbox
/// 4.
///
/// Source: Linux, intel_opregion.c, `struct opregion_asle`.
public record AsleMailbox(Image raw) {
    public static final long RVDA = 0xba;
    public static final long RVDS = 0xc2;

    private static final long VALID = 1L << 31;

    /// `ARDY`: a driver is there.
    public boolean driverReady() {
        return (raw.u32(0) & 1) != 0;
    }

    /// `TCHE`: which of ambient light, backlight and panel fitting are on.
    public long technologies() {
        return raw.u32(0x08);
    }

    /// `BCLP`: the brightness asked for, 0 to 255, or -1 when nobody has set it.
    public long requestedBrightness() {
        long value = raw.u32(0x10);
        return (value & VALID) != 0 ? value & 0xff : -1;
    }

    /// `CBLV`: the brightness in percent, or -1 when nobody has set it.
    public long brightness() {
        long value = raw.u32(0x18);
        return (value & VALID) != 0 ? value & 0xff : -1;
    }

    /// `RVDA`: the VBT's address, or 0. In version 2.0 a physical address, from 2.1 on from the
    /// start of the OpRegion. Unsigned.
    public long vbtAddress() {
        return raw.u64(RVDA);
    }

    /// `RVDS`: the size of the VBT that `RVDA` points at.
    public long vbtSize() {
        return raw.u32(RVDS);
    }
}
