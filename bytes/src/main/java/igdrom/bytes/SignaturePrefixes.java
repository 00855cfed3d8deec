package igdrom.bytes;

/// The first two bytes of every signature that a scanner looks for. [Image#indexOfAny] finds the
/// offsets where one of them occurs, so that the scanner examines only those.
public final class SignaturePrefixes {
    private final boolean[] pairs = new boolean[0x10000];

    /// Adds a prefix.
    public SignaturePrefixes with(int first, int second) {
        pairs[(first << Byte.SIZE) | second] = true;
        return this;
    }

    /// The first index at or after `start` at which a prefix lies wholly before `end`, or -1.
    int indexIn(byte[] bytes, int start, int end) {
        for (int at = start; at + 1 < end; at++) {
            if (pairs[((bytes[at] & 0xff) << Byte.SIZE) | (bytes[at + 1] & 0xff)]) {
                return at;
            }
        }
        return -1;
    }
}
