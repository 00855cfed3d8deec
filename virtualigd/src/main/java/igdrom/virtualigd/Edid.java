package igdrom.virtualigd;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// The EDIDs of virtual monitors.
///
/// Spec: VESA E-EDID Standard, Release A, Revision 2.
public final class Edid {
    /// A monitor of 1920x1080 pixels without other detailed timings.
    public static final Image FULL_HD = fullHd();

    private Edid() {}

    private static Image fullHd() {
        Emitter out = new Emitter();
        // "Header", then "Vendor & Product ID": IGD, week 1 of 2026.
        out.image(Image.ofHex("00ffffffffffff00")).u8(0x24).u8(0xe4).u16(1).u32(1).u8(1).u8(36);
        // "EDID Structure Version": 1.3. "Basic Display Parameters": digital, 48 x 27 cm, gamma
        // 2.2, RGB, sRGB, the preferred timing comes first.
        out.u8(1).u8(3).u8(0x80).u8(48).u8(27).u8(120).u8(0x0e);
        // "Chromaticity": that of sRGB.
        out.image(Image.ofHex("ee91a3544c99260f5054"));
        // "Established Timings": 640x480, 800x600 and 1024x768 at 60 Hz. No standard timings.
        out.u8(0x21).u8(0x08).u8(0).image(Image.ofHex("01010101010101010101010101010101"));
        detailedTiming(out);
        descriptor(out, 0xfc, "igdrom");
        descriptor(out, 0xff, "1");
        // "Display Range Limits": 56 to 76 Hz, 30 to 83 kHz, at most 170 MHz.
        out.u16(0).u8(0).u8(0xfd).u8(0).u8(56).u8(76).u8(30).u8(83).u8(17).u8(0);
        out.u8(0x0a).image(Image.ofHex("202020202020"));
        out.u8(0);
        return out.u8(-out.toImage().sum8() & 0xff).toImage();
    }

    /// 1920x1080 at 60 Hz. Spec: CTA-861, video timing 16.
    private static void detailedTiming(Emitter out) {
        int width = 1920;
        int height = 1080;
        int horizontalBlank = 280;
        int verticalBlank = 45;
        out.u16(14850);
        out.u8(width & 0xff).u8(horizontalBlank & 0xff);
        out.u8(width >> 8 << 4 | horizontalBlank >> 8);
        out.u8(height & 0xff).u8(verticalBlank).u8(height >> 8 << 4);
        // Sync: 88 pixels after, 44 wide; 4 lines after, 5 wide.
        out.u8(88).u8(44).u8(4 << 4 | 5).u8(0);
        // 480 x 270 mm, no border, separate sync, both positive.
        out.u8(480 & 0xff).u8(270 & 0xff).u8(480 >> 8 << 4 | 270 >> 8).u8(0).u8(0).u8(0x1e);
    }

    private static void descriptor(Emitter out, int tag, String text) {
        long end = out.position() + 18;
        out.u16(0).u8(0).u8(tag).u8(0).ascii(text).u8(0x0a).fillTo(end, ' ');
    }
}
