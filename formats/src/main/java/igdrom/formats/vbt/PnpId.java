package igdrom.formats.vbt;

import igdrom.bytes.Image;

/// Manufacturer and product of a panel, in the form of an EDID.
///
/// Spec: VESA E-EDID 1.4, "Vendor and Product ID".
///
/// @param manufacturer three letters
public record PnpId(String manufacturer, int product, long serial, int week, int year) {
    static final int SIZE = 10;
    static final int SERIAL_OFFSET = 4;

    static PnpId of(Image id) {
        int letters = (id.u8(0) << 8) | id.u8(1);
        String manufacturer = "" + letter(letters >>> 10) + letter(letters >>> 5) + letter(letters);
        return new PnpId(manufacturer, id.u16(2), id.u32(SERIAL_OFFSET), id.u8(8), 1990 + id.u8(9));
    }

    /// Whether it is the id in Intel's template, with which all 16 panels start. The panel's EDID
    /// has the real one.
    ///
    /// Observed: 19 of 20 tables of coreboot's boards.
    public boolean isPlaceholder() {
        return manufacturer.equals("MS_");
    }

    private static char letter(int fiveBits) {
        return (char) ('@' + (fiveBits & 0x1f));
    }
}
