package igdrom.json;

/// Escapes for characters that must not reach a terminal, a log or a page as they are.
///
/// Spec: RFC 8259, "Strings", which requires them for U+0000 to U+001F only.
public final class JsonEscapes {
    private static final String HEX = "0123456789abcdef";

    private JsonEscapes() {}

    /// Escapes control and format characters of a printed document as `\u009b`: U+007F to U+009F,
    /// bidirectional controls and the other characters of category Cf, U+2028, U+2029, and
    /// surrogates without a partner. JSON has such characters in strings only, so the text as a
    /// whole can be treated alike. Characters below U+0020 are left alone: a printer escapes them
    /// in strings, and line ends between members are its own.
    public static String escapeControls(String printed) {
        int first = firstControl(printed);
        if (first == printed.length()) {
            return printed;
        }
        StringBuilder escaped = new StringBuilder(printed.substring(0, first));
        int at = first;
        while (at < printed.length()) {
            int c = printed.codePointAt(at);
            int length = Character.charCount(c);
            if (isControl(c)) {
                for (int unit = at; unit < at + length; unit++) {
                    escape(escaped, printed.charAt(unit));
                }
            } else {
                escaped.appendCodePoint(c);
            }
            at += length;
        }
        return escaped.toString();
    }

    private static int firstControl(String text) {
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (isControl(c)) {
                break;
            }
            at += Character.charCount(c);
        }
        return at;
    }

    private static boolean isControl(int c) {
        if (c < 0x7f) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            default -> false;
        };
    }

    private static void escape(StringBuilder out, char unit) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt(unit >>> shift & 0xf));
        }
    }
}
