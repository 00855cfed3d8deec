package igdrom.formats.vbt;

import igdrom.bytes.Image;

/// Names inside a VBT: padded with blanks or NULs, or never set.
final class Text {
    private Text() {}

    /// The text up to the first NUL or unprintable byte, without blanks around it.
    static String printable(Image image) {
        StringBuilder text = new StringBuilder();
        for (long at = 0; at < image.size(); at++) {
            int character = image.u8(at);
            if (character < 0x20 || character > 0x7e) {
                break;
            }
            text.append((char) character);
        }
        return text.toString().strip();
    }
}
