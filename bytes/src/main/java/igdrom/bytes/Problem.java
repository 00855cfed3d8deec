package igdrom.bytes;

/// Puts the words of a finding or an error together.
///
/// Real images are odd in some place as a rule, and the JDK's own formatter takes longer to start
/// than a whole image takes to read: it asks for the locale's digits.
public final class Problem {
    private Problem() {}

    /// `pattern` with its placeholders replaced: `%d` and `%x` by a whole number, unsigned where it
    /// is hexadecimal, `%04x` with leading zeroes, `%s` by anything.
    ///
    /// @throws IllegalArgumentException when placeholders and values do not match
    public static String of(String pattern, Object... values) {
        StringBuilder text = new StringBuilder(pattern.length() + 16);
        int used = 0;
        int at = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at++);
            if (c != '%') {
                text.append(c);
                continue;
            }
            int width = 0;
            while (at < pattern.length()
                    && pattern.charAt(at) >= '0'
                    && pattern.charAt(at) <= '9') {
                width = 10 * width + pattern.charAt(at++) - '0';
            }
            if (at == pattern.length() || used == values.length) {
                throw new IllegalArgumentException("no value for a placeholder: " + pattern);
            }
            append(text, pattern.charAt(at++), width, values[used++]);
        }
        if (used != values.length) {
            throw new IllegalArgumentException("more values than placeholders: " + pattern);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, char kind, int width, Object value) {
        String digits =
                switch (kind) {
                    case 's', 'd' -> value.toString();
                    case 'x' ->
                            value instanceof Integer number
                                    ? Integer.toHexString(number)
                                    : Long.toHexString((Long) value);
                    default -> throw new IllegalArgumentException("unknown placeholder %" + kind);
                };
        for (int missing = width - digits.length(); missing > 0; missing--) {
            text.append('0');
        }
        text.append(digits);
    }
}
