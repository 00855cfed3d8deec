package igdrom.formats.vbt;

import igdrom.bytes.Image;

/// Names in a VBT, which are padded with blanks or NULs.
final class Text {
    private Text() {}

    static boolean isPrintable(int character) {
        return character >= 0x20 && character <= 0x7e;
    }

    /// The text before the first unprintable byte, without surrounding blanks.
    static String printable(Image image) {
        StringBuilder text = new StringBuilder();
        for (long at = 0; at < image.size() && isPrintable(image.u8(at)); at++) {
            text.append((char) image.u8(at));
        }
        return text.toString().strip();
    }
}
