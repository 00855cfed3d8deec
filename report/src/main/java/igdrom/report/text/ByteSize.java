package igdrom.report.text;

/// Sizes as people write them.
public final class ByteSize {
    private ByteSize() {}

    /// Up to one decimal, rounded down: `1 byte`, `512 bytes`, `8.5 KiB`, `16 MiB`.
    public static String of(long bytes) {
        if (bytes < 1024) {
            return bytes == 1 ? "1 byte" : bytes + " bytes";
        }
        if (bytes < 1024 * 1024) {
            return tenths(bytes * 10 / 1024) + " KiB";
        }
        return tenths(bytes * 10 / (1024 * 1024)) + " MiB";
    }

    private static String tenths(long tenths) {
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : tenths / 10 + "." + tenths % 10;
    }
}
