package igdrom.host;

/// The kind of kernel.
public enum OperatingSystem {
    LINUX,
    FREEBSD,
    OTHER
}
