package igdrom.formats.vbt;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// Block 40: the panel that is built in, of 16 possible ones, and how to drive it.
///
/// Source: Linux, intel_vbt_defs.h, `struct bdb_lfp_options`.
///
/// @param panelType the index of the panel of LFP 1, or [#BY_EDID]
/// @param panelType2 the index of the panel of LFP 2 (before BDB 212 that of LFP 1)
/// @param channelBits two bits per panel
/// @param depthBits one bit per panel: 1 for 24 bits per pixel, 0 for 18
/// @param refreshBits two bits per panel: 2 when the refresh rate may change seamlessly
/// @param backlightBits two bits per panel
/// @param rotationBits two bits per panel: quarter turns (BDB 228)
public record LfpOptions(
        int panelType,
        int panelType2,
        int flags,
        long channelBits,
        int depthBits,
        long refreshBits,
        long backlightBits,
        long rotationBits) {
    /// The panel is identified by its EDID.
    public static final int BY_EDID = 0xff;

    /// The number of panels that the tables can describe.
    public static final int MAX_PANELS = 16;

    static final int SIZE = 34;

    static LfpOptions read(BdbBlock block, int bdbVersion) {
        Image data = block.padded(SIZE);
        return new LfpOptions(
                data.u8(0),
                bdbVersion >= 212 ? data.u8(1) : data.u8(0),
                data.u8(2),
                data.u32(4),
                data.u16(14),
                data.u32(16),
                data.u32(20),
                bdbVersion >= 228 ? data.u32(26) : 0);
    }

    /// The data of a block with default settings.
    static Image of(int panelType) {
        return new Emitter().u8(panelType).fillTo(SIZE, 0).toImage();
    }

    /// The index of the panel of a child device: LFP 2 has a field of its own.
    ///
    /// Source: Linux, intel_bios.c, `vbt_get_panel_type`.
    int panelOf(ChildDevice device) {
        return device.handle() == ChildDevice.LFP_2 ? panelType2 : panelType;
    }

    int bitsPerPixel(int panel) {
        return ((depthBits >>> panel) & 1) != 0 ? 24 : 18;
    }

    boolean seamlessRefresh(int panel) {
        return ((refreshBits >>> (2 * panel)) & 3) == 2;
    }

    int rotation(int panel) {
        return (int) ((rotationBits >>> (2 * panel)) & 3) * 90;
    }
}
