package igdrom.bytes;

/// What the structures that somebody looks for begin with: two bytes each, so that few offsets need
/// a second look.
public final class SignaturePrefixes {
    private static final byte FIRST = 1;
    private static final byte SECOND = 2;

    /// What each byte may be in one of them.
    private final byte[] roles = new byte[0x100];

    private final boolean[] pairs = new boolean[0x10000];

    /// Adds one.
    ///
    /// @param first byte in the image
    /// @param second the byte behind it
    public SignaturePrefixes with(int first, int second) {
        roles[first] |= FIRST;
        roles[second] |= SECOND;
        pairs[(first << Byte.SIZE) | second] = true;
        return this;
    }

    /// The first index at or after `start` where one of them begins, -1 when none does before
    /// `end`.
    ///
    /// The second byte is looked at first: most bytes begin nothing either, and the one before them
    /// need not be read. No method is called for a byte, for C1 does not inline it.
    int indexIn(byte[] bytes, int start, int end) {
        int second = start + 1;
        while (second < end) {
            int value = bytes[second] & 0xff;
            int role = roles[value];
            if (role == 0) {
                second += 2;
                continue;
            }
            if ((role & SECOND) != 0 && pairs[((bytes[second - 1] & 0xff) << Byte.SIZE) | value]) {
                return second - 1;
            }
            second += (role & FIRST) != 0 ? 1 : 2;
        }
        return -1;
    }
}
