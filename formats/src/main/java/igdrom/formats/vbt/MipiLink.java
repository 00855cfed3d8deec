package igdrom.formats.vbt;

import igdrom.bytes.Image;

/// The link of a DSI panel: its entry in block 52.
///
/// Source: Linux, intel_dsi_vbt_defs.h, `struct mipi_config`.
///
/// @param panelId 0 for undefined, 1 for a panel that block 53 describes
/// @param commandMode whether the panel uses command mode instead of video mode
/// @param dualLink 0 for none, 1 for left and right half, 2 for alternating pixels
public record MipiLink(int panelId, boolean commandMode, int lanes, int dualLink) {
    /// The number of panels that the block can describe, fewer than other blocks.
    static final int MAX_PANELS = 6;

    private static final int CONFIGURATION_SIZE = 122;

    static MipiLink read(BdbBlock block, int panel) {
        long at = (long) panel * CONFIGURATION_SIZE;
        Image data = block.padded(at + CONFIGURATION_SIZE).from(at);
        int port = data.u16(6);
        return new MipiLink(
                data.u16(0), ((data.u32(2) >>> 5) & 1) != 0, 1 + ((port >>> 2) & 3), port & 3);
    }
}
