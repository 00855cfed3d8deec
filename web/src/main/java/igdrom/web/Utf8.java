package igdrom.web;

import igdrom.bytes.Image;
import igdrom.json.MalformedJsonException;

/// Decodes UTF-8 strictly. A byte order mark, which editors of Windows write, is skipped.
///
/// Spec: RFC 3629.
final class Utf8 {
    private static final Image MARK = Image.ofHex("efbbbf");

    private static final int[] LEAST = {0, 0x80, 0x800, 0x10000};

    private Utf8() {}

    /// The text of a file.
    ///
    /// @throws MalformedJsonException when it is not UTF-8
    static String decode(Image file, String name) {
        byte[] bytes = file.toByteArray();
        StringBuilder text = new StringBuilder(bytes.length);
        int at = file.startsWith(MARK) ? (int) MARK.size() : 0;
        while (at < bytes.length) {
            int first = bytes[at] & 0xff;
            int more =
                    first < 0x80 ? 0 : first < 0xc2 ? -1 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
            if (more < 0 || first > 0xf4 || at + more >= bytes.length) {
                throw malformed(name, at);
            }
            int c = more == 0 ? first : first & (0x3f >> more);
            for (int i = 1; i <= more; i++) {
                int next = bytes[at + i] & 0xff;
                if ((next & 0xc0) != 0x80) {
                    throw malformed(name, at);
                }
                c = (c << 6) | (next & 0x3f);
            }
            if (c < LEAST[more] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) {
                throw malformed(name, at);
            }
            text.appendCodePoint(c);
            at += more + 1;
        }
        return text.toString();
    }

    private static MalformedJsonException malformed(String name, int at) {
        return new MalformedJsonException(
                name, "", "not JSON: +0x" + Integer.toHexString(at) + " is not UTF-8");
    }
}
