package igdrom.formats.vbt;

import org.jspecify.annotations.Nullable;

/// A panel inside the machine, as the VBT describes it. Panels that answer with an EDID of their
/// own are driven by that.
///
/// @param index of the 16 the tables have room for
/// @param name as a rule `LFP_PanelName`, which nobody has set; may be empty
/// @param timing its native mode, null when no block tells
/// @param bitsPerPixel of an LVDS panel; for eDP see `edp`
/// @param seamlessRefresh the refresh rate may change without a blank
/// @param rotation in degrees
public record Panel(
        int index,
        String name,
        @Nullable PnpId id,
        @Nullable Timing timing,
        int bitsPerPixel,
        boolean seamlessRefresh,
        int rotation,
        @Nullable EdpLink edp,
        @Nullable Backlight backlight,
        @Nullable MipiLink mipi) {
    /// The entry was never filled in by the board's maker.
    public boolean isPlaceholder() {
        return id != null && id.isPlaceholder();
    }

    /// For example `panel 2: 1920x1080@60, AUO 1234`.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("panel ").append(index).append(": ");
        text.append(timing == null ? "unknown size" : timing);
        if (isPlaceholder()) {
            text.append(" (placeholder, its EDID decides)");
        } else if (id != null) {
            text.append(", ").append(id.manufacturer()).append(' ').append(hex(id.product()));
        }
        if (!name.isEmpty() && !name.equals("LFP_PanelName")) {
            text.append(" \"").append(name).append('"');
        }
        if (rotation != 0) {
            text.append(", rotated by ").append(rotation).append("°");
        }
        return text.toString();
    }

    private static String hex(int product) {
        return "0x" + Integer.toHexString(product);
    }
}
