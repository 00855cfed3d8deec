package igdrom.bytes;

/// What the structures that somebody looks for begin with: two bytes each, so that few offsets need
/// a second look.
public final class Starts {
    private final boolean[] firsts = new boolean[0x100];
    private final boolean[] pairs = new boolean[0x10000];

    /// Adds one.
    ///
    /// @param first byte in the image
    /// @param second the byte behind it
    public Starts with(int first, int second) {
        firsts[first] = true;
        pairs[(first << Byte.SIZE) | second] = true;
        return this;
    }

    /// Whether one of them is this.
    boolean match(byte first, byte second) {
        int index = first & 0xff;
        return firsts[index] && pairs[(index << Byte.SIZE) | (second & 0xff)];
    }
}
