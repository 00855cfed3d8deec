package igdrom.bytes;

import java.util.HexFormat;

/// A GUID as firmware stores it: the first three groups little endian, the rest in byte order.
///
/// Spec: UEFI 2.11, "EFI_GUID".
///
/// @param low the first eight bytes in memory as a little-endian number
/// @param high the last eight bytes in memory as a little-endian number
public record Guid(long low, long high) implements Comparable<Guid> {
    public static final int SIZE = 16;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private static final String FORM = "XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX";

    /// Parses the registry form, `5BBA83E6-F027-4CA7-BFD0-16358CC9E123`, in either case.
    ///
    /// @throws IllegalArgumentException when `text` has another form
    public static Guid of(String text) {
        if (!isGuid(text)) {
            throw new IllegalArgumentException("not a GUID: " + text);
        }
        long first = HexFormat.fromHexDigitsToLong(text, 0, 8);
        long second = HexFormat.fromHexDigitsToLong(text, 9, 13);
        long third = HexFormat.fromHexDigitsToLong(text, 14, 18);
        long fourth = HexFormat.fromHexDigitsToLong(text, 19, 23);
        long last = HexFormat.fromHexDigitsToLong(text, 24, 36);
        return new Guid(first | second << 32 | third << 48, Long.reverseBytes(fourth << 48 | last));
    }

    private static boolean isGuid(String text) {
        if (text.length() != FORM.length()) {
            return false;
        }
        for (int i = 0; i < FORM.length(); i++) {
            char c = text.charAt(i);
            if (FORM.charAt(i) == '-' ? c != '-' : !HexFormat.isHexDigit(c)) {
                return false;
            }
        }
        return true;
    }

    public Image image() {
        return new Emitter().guid(this).toImage();
    }

    /// Compares the registry forms.
    @Override
    public int compareTo(Guid other) {
        return toString().compareTo(other.toString());
    }

    /// The registry form in upper case.
    @Override
    public String toString() {
        String end = HEX.toHexDigits(Long.reverseBytes(high));
        return HEX.toHexDigits(low, 8)
                + '-'
                + HEX.toHexDigits(low >>> 32, 4)
                + '-'
                + HEX.toHexDigits(low >>> 48, 4)
                + '-'
                + end.substring(0, 4)
                + '-'
                + end.substring(4);
    }
}
