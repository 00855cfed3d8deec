package igdrom.formats.vbt;

import igdrom.bytes.Image;

/// Block 52, the part of one DSI panel.
///
/// Source: Linux, intel_dsi_vbt_defs.h, `struct mipi_config`.
///
/// @param panelId 0 for undefined, 1 for a panel that block 53 describes
/// @param commandMode as opposed to video mode
/// @param dualLink 0 for none, 1 for left and right half, 2 for alternating pixels
public record MipiLink(int panelId, boolean commandMode, int lanes, int dualLink) {
    /// The block has room for fewer panels than the others.
    static final int PANELS = 6;

    private static final int CONFIGURATION_SIZE = 122;

    static MipiLink read(BdbBlock block, int panel) {
        long at = (long) panel * CONFIGURATION_SIZE;
        Image data = block.padded(at + CONFIGURATION_SIZE).from(at);
        int port = data.u16(6);
        return new MipiLink(
                data.u16(0), ((data.u32(2) >>> 5) & 1) != 0, 1 + ((port >>> 2) & 3), port & 3);
    }
}
