package igdrom.firmware.gop;

import igdrom.bytes.Image;

/// Small UTF-16LE constants in an executable.
final class TextConstants {
    private TextConstants() {}

    /// Whether the zero-terminated text `expected` begins at `at`.
    static boolean isText(Image image, long at, String expected) {
        int length = expected.length();
        if (at > image.size() - 2L * (length + 1)) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (image.u16(at + 2L * i) != expected.charAt(i)) {
                return false;
            }
        }
        return image.u16(at + 2L * length) == 0;
    }

    /// The two numbers of a text such as `3.0`, the first in the upper 16 bits; -1 when there is no
    /// such text.
    static int pair(Image image, long at) {
        for (int digits = 1; digits <= 2; digits++) {
            long dot = at + 2L * digits;
            if (dot <= image.size() - 2 && image.u16(dot) == '.') {
                int first = fixedDigits(image, at, digits);
                int second = number(image, dot + 2, 2);
                return first < 0 || second < 0 ? -1 : (first << 16) | second;
            }
        }
        return -1;
    }

    /// The number with exactly `digits` decimal digits, or -1.
    private static int fixedDigits(Image image, long at, int digits) {
        int number = 0;
        for (int i = 0; i < digits; i++) {
            int unit = image.u16(at + 2L * i);
            if (unit < '0' || unit > '9') {
                return -1;
            }
            number = 10 * number + (unit - '0');
        }
        return number;
    }

    /// The number whose zero-terminated decimal digits begin at `at`, or -1.
    ///
    /// @param maxDigits how many digits the number may have
    static int number(Image image, long at, int maxDigits) {
        int number = 0;
        for (int i = 0; i <= maxDigits && at + 2L * i <= image.size() - 2; i++) {
            int unit = image.u16(at + 2L * i);
            if (unit == 0) {
                return i == 0 ? -1 : number;
            }
            if (unit < '0' || unit > '9') {
                return -1;
            }
            number = 10 * number + (unit - '0');
        }
        return -1;
    }
}
