package igdrom.cli.commands;

/// Numbers of bytes as people say them.
final class Sizes {
    private Sizes() {}

    static String of(long bytes) {
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
