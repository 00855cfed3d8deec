package igdrom.web.jdk.java.util;

import java.util.Objects;

/// Bytes and numbers as hexadecimal digits.
public final class HexFormat {
    private static final HexFormat PLAIN = new HexFormat("", false);

    private final String delimiter;
    private final boolean upperCase;

    private HexFormat(String delimiter, boolean upperCase) {
        this.delimiter = delimiter;
        this.upperCase = upperCase;
    }

    public static HexFormat of() {
        return PLAIN;
    }

    public static HexFormat ofDelimiter(String delimiter) {
        return new HexFormat(delimiter, false);
    }

    public HexFormat withUpperCase() {
        return new HexFormat(delimiter, true);
    }

    public String formatHex(byte[] bytes) {
        return formatHex(bytes, 0, bytes.length);
    }

    public String formatHex(byte[] bytes, int from, int to) {
        Objects.checkFromToIndex(from, to, bytes.length);
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            if (i > from) {
                text.append(delimiter);
            }
            text.append(digit(bytes[i] >> 4)).append(digit(bytes[i]));
        }
        return text.toString();
    }

    public byte[] parseHex(CharSequence text) {
        if (text.length() == 0) {
            return new byte[0];
        }
        int stride = 2 + delimiter.length();
        if ((text.length() + delimiter.length()) % stride != 0) {
            throw new IllegalArgumentException("not pairs of hexadecimal digits: " + text);
        }
        byte[] bytes = new byte[(text.length() + delimiter.length()) / stride];
        for (int i = 0; i < bytes.length; i++) {
            int at = i * stride;
            bytes[i] = (byte) fromHexDigits(text, at, at + 2);
            if (i < bytes.length - 1) {
                checkDelimiter(text, at + 2);
            }
        }
        return bytes;
    }

    private void checkDelimiter(CharSequence text, int at) {
        if (!text.subSequence(at, at + delimiter.length()).toString().equals(delimiter)) {
            throw new IllegalArgumentException("no delimiter at " + at + " of " + text);
        }
    }

    public String toHexDigits(byte value) {
        return toHexDigits(value, 2);
    }

    public String toHexDigits(short value) {
        return toHexDigits(value, 4);
    }

    public String toHexDigits(int value) {
        return toHexDigits(value, 8);
    }

    public String toHexDigits(long value) {
        return toHexDigits(value, 16);
    }

    public String toHexDigits(long value, int digits) {
        if (digits < 0 || digits > 16) {
            throw new IllegalArgumentException("number of digits: " + digits);
        }
        char[] text = new char[digits];
        for (int i = 0; i < digits; i++) {
            text[digits - 1 - i] = digit((int) (value >>> (4 * i)));
        }
        return new String(text);
    }

    private char digit(int value) {
        int nibble = value & 0xf;
        return (char) (nibble < 10 ? '0' + nibble : (upperCase ? 'A' : 'a') + nibble - 10);
    }

    public static boolean isHexDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    public static int fromHexDigit(int c) {
        if (!isHexDigit(c)) {
            throw new NumberFormatException("not a hexadecimal digit: " + c);
        }
        return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
    }

    public static int fromHexDigits(CharSequence text) {
        return fromHexDigits(text, 0, text.length());
    }

    public static int fromHexDigits(CharSequence text, int from, int to) {
        return (int) parse(text, from, to, 8);
    }

    public static long fromHexDigitsToLong(CharSequence text) {
        return fromHexDigitsToLong(text, 0, text.length());
    }

    public static long fromHexDigitsToLong(CharSequence text, int from, int to) {
        return parse(text, from, to, 16);
    }

    private static long parse(CharSequence text, int from, int to, int limit) {
        Objects.checkFromToIndex(from, to, text.length());
        if (to - from > limit) {
            throw new IllegalArgumentException("more than " + limit + " digits: " + text);
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            value = value << 4 | fromHexDigit(text.charAt(i));
        }
        return value;
    }
}
