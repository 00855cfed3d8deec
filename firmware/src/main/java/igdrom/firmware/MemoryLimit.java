package igdrom.firmware;

/// The memory that one image may take. A platform with less needs only another version of this
/// class.
final class MemoryLimit {
    private MemoryLimit() {}

    /// Decompressed bytes in all. A 64 MiB image of today decompresses to less than half of this.
    /// While the last bytes are decompressed, half as much again is in memory.
    static long decompressedBytes() {
        return 512L << 20;
    }
}
