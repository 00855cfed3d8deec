package igdrom.formats.opregion;

import igdrom.bytes.Image;

/// Mailbox 3: backlight and panel, and from version 2.0 on the address of a VBT outside mailbox 4.
///
/// Source: Linux, intel_opregion.c, `struct opregion_asle`.
public record AsleMailbox(Image raw) {
    /// Offsets of fields in the mailbox.
    public static final long RVDA = 0xba;

    public static final long RVDS = 0xc2;

    private static final long ARDY = 0x00;
    private static final long TCHE = 0x08;
    private static final long BCLP = 0x10;
    private static final long CBLV = 0x18;

    /// The bit of a brightness that marks it as set.
    private static final long VALID = 1L << 31;

    /// `ARDY`: whether a driver is ready.
    public boolean driverReady() {
        return (raw.u32(ARDY) & 1) != 0;
    }

    /// `TCHE`: the technologies that are on, such as ambient light, backlight and panel fitting.
    public long technologies() {
        return raw.u32(TCHE);
    }

    /// `BCLP`: the requested brightness, 0 to 255, or -1 when unset.
    public long requestedBrightness() {
        long value = raw.u32(BCLP);
        return (value & VALID) != 0 ? value & 0xff : -1;
    }

    /// `CBLV`: the present brightness in percent, or -1 when unset.
    public long brightness() {
        long value = raw.u32(CBLV);
        return (value & VALID) != 0 ? value & 0xff : -1;
    }

    /// `RVDA`: the unsigned address of the VBT, or 0. A physical address in version 2.0, an offset
    /// from the start of the OpRegion from 2.1 on.
    public long vbtAddress() {
        return raw.u64(RVDA);
    }

    /// `RVDS`: the size of the VBT that `RVDA` points to.
    public long vbtSize() {
        return raw.u32(RVDS);
    }
}
