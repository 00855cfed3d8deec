package igdrom.web.jdk.igdrom.firmware;

/// The memory that one image may take in a browser, on a phone too.
public final class MemoryLimit {
    private MemoryLimit() {}

    public static long decompressedBytes() {
        return 256L << 20;
    }
}
