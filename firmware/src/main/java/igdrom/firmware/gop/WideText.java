package igdrom.firmware.gop;

import igdrom.bytes.Image;
import java.util.Arrays;

/// A UTF-16LE constant to search for in thousands of executables. Compilers align such constants to
/// two bytes, so the search steps by characters, and skips ahead as in Horspool's algorithm: for a
/// text of 19 characters it examines about one byte in 38.
final class WideText {
    private static final int ASCII = 128;

    private final int[] units;
    private final int[] shifts = new int[ASCII];

    /// @param text ASCII, not empty
    WideText(String text) {
        units = new int[text.length()];
        for (int i = 0; i < units.length; i++) {
            units[i] = text.charAt(i);
        }
        Arrays.fill(shifts, units.length);
        for (int i = 0; i < units.length - 1; i++) {
            shifts[units[i]] = units.length - 1 - i;
        }
    }

    int bytes() {
        return 2 * units.length;
    }

    /// The first offset of the text at `start` or an even number of bytes after it, or -1.
    long indexIn(Image image, long start) {
        int last = units.length - 1;
        long end = image.size() - bytes();
        long at = start;
        while (at <= end) {
            int unit = image.u16(at + 2L * last);
            if (unit == units[last] && matches(image, at)) {
                return at;
            }
            at += 2L * (unit < ASCII ? shifts[unit] : units.length);
        }
        return -1;
    }

    /// Whether the text is at `at`, where the image is long enough for it.
    private boolean matches(Image image, long at) {
        for (int i = 0; i < units.length; i++) {
            if (image.u16(at + 2L * i) != units[i]) {
                return false;
            }
        }
        return true;
    }
}
