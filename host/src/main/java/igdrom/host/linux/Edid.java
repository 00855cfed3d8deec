package igdrom.host.linux;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// The first block of a monitor's EDID. The later ones can repeat the serial number and are not
/// read.
///
/// Spec: VESA E-EDID Release A.2, 3.
final class Edid {
    static final int SIZE = 128;

    private static final Image HEADER = Image.ofHex("00ffffffffffff00");
    private static final int SERIAL = 12;
    private static final int SERIAL_SIZE = 4;
    private static final int DESCRIPTORS = 54;
    private static final int DESCRIPTOR_SIZE = 18;
    private static final int DESCRIPTOR_COUNT = 4;
    private static final int DESCRIPTOR_TEXT = 5;
    private static final int TEXT_SERIAL = 0xff;
    private static final int CHECKSUM = 127;

    private Edid() {}

    /// The block with zeros instead of its serial numbers, and a checksum that fits. Empty when it
    /// is not an EDID.
    static Image withoutSerials(Image block) {
        if (block.size() != SIZE || !block.startsWith(HEADER)) {
            return Image.EMPTY;
        }
        Emitter out = new Emitter().image(block);
        out.patch(SERIAL, Image.of(new byte[SERIAL_SIZE]));
        for (int i = 0; i < DESCRIPTOR_COUNT; i++) {
            int at = DESCRIPTORS + i * DESCRIPTOR_SIZE;
            boolean text = block.u24(at) == 0 && block.u8(at + 3) == TEXT_SERIAL;
            if (text) {
                out.patch(
                        at + DESCRIPTOR_TEXT,
                        Image.of(new byte[DESCRIPTOR_SIZE - DESCRIPTOR_TEXT]));
            }
        }
        Image cleaned = out.toImage();
        int checksum = (cleaned.u8(CHECKSUM) - cleaned.sum8()) & 0xff;
        return out.patch(CHECKSUM, new Emitter().u8(checksum).toImage()).toImage();
    }
}
