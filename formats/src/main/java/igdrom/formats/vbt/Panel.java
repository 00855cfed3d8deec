package igdrom.formats.vbt;

import org.jspecify.annotations.Nullable;

/// A panel inside the machine, as the VBT describes it. Drivers prefer the EDID of the panel.
///
/// @param index of 16 panels in the tables
/// @param name usually the default `LFP_PanelName`; may be empty
/// @param timing the native mode, null when no block describes it
/// @param bitsPerPixel for an LVDS panel; for eDP see `edp`
/// @param seamlessRefresh whether the refresh rate may change without blanking
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
    /// Whether the board maker left the entry of Intel's template.
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
