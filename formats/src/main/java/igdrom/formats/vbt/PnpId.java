package igdrom.formats.vbt;

import igdrom.bytes.Image;

/// Who made a panel, as in the first bytes of an EDID.
///
/// Spec: VESA E-EDID 1.4, "Vendor and Product ID".
///
/// @param manufacturer three letters
public record PnpId(String manufacturer, int product, long serial, int week, int year) {
    static final int SIZE = 10;

    static PnpId of(Image id) {
        int letters = (id.u8(0) << 8) | id.u8(1);
        String manufacturer = "" + letter(letters >>> 10) + letter(letters >>> 5) + letter(letters);
        return new PnpId(manufacturer, id.u16(2), id.u32(4), id.u8(8), 1990 + id.u8(9));
    }

    /// Intel's template fills all 16 panels with this maker; then the panel's own EDID decides.
    ///
    /// Observed: 19 of 20 tables of coreboot's boards.
    public boolean isPlaceholder() {
        return manufacturer.equals("MS_");
    }

    private static char letter(int fiveBits) {
        return (char) ('@' + (fiveBits & 0x1f));
    }
}
