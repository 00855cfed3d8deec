package igdrom.fetch;

/// A version number of a Debian package, with Debian's order.
///
/// Spec: Debian Policy, "Version".
public record DebVersion(String text) implements Comparable<DebVersion> {
    @Override
    public int compareTo(DebVersion other) {
        int order = compareRuns(epoch(), other.epoch());
        if (order == 0) {
            order = compareRuns(upstream(), other.upstream());
        }
        return order == 0 ? compareRuns(revision(), other.revision()) : order;
    }

    private String epoch() {
        int colon = text.indexOf(':');
        return colon < 0 ? "" : text.substring(0, colon);
    }

    private String upstream() {
        int colon = text.indexOf(':');
        int dash = text.lastIndexOf('-');
        return text.substring(colon + 1, dash > colon ? dash : text.length());
    }

    private String revision() {
        int dash = text.lastIndexOf('-');
        return dash < 0 ? "" : text.substring(dash + 1);
    }

    /// Compares runs of non-digits and runs of digits in turn.
    private static int compareRuns(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() || j < b.length()) {
            int iEnd = endOf(a, i, false);
            int jEnd = endOf(b, j, false);
            int order = compareLetters(a.substring(i, iEnd), b.substring(j, jEnd));
            if (order != 0) {
                return order;
            }
            i = iEnd;
            j = jEnd;
            iEnd = endOf(a, i, true);
            jEnd = endOf(b, j, true);
            order = compareNumbers(a.substring(i, iEnd), b.substring(j, jEnd));
            if (order != 0) {
                return order;
            }
            i = iEnd;
            j = jEnd;
        }
        return 0;
    }

    private static int endOf(String text, int from, boolean digits) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end)) == digits) {
            end++;
        }
        return end;
    }

    private static int compareLetters(String a, String b) {
        for (int i = 0; i < Math.max(a.length(), b.length()); i++) {
            int order = Integer.compare(weight(a, i), weight(b, i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /// A tilde sorts before the end of the text, letters before other characters.
    private static int weight(String text, int at) {
        if (at >= text.length()) {
            return 0;
        }
        char c = text.charAt(at);
        if (c == '~') {
            return -1;
        }
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ? c : c + 0x10000;
    }

    /// Compares numbers of any length, so without converting them.
    private static int compareNumbers(String a, String b) {
        String left = a.substring(leadingZeros(a));
        String right = b.substring(leadingZeros(b));
        int order = Integer.compare(left.length(), right.length());
        return order == 0 ? left.compareTo(right) : order;
    }

    private static int leadingZeros(String digits) {
        int zeros = 0;
        while (zeros < digits.length() && digits.charAt(zeros) == '0') {
            zeros++;
        }
        return zeros;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
