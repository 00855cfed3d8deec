package igdrom.bytes;

/// The file that backs a [Memory] was truncated, so the memory can no longer be read or written.
public final class MemoryLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param cause the error that the JVM throws for the kernel's SIGBUS
    MemoryLostException(InternalError cause) {
        super("the memory is lost: its file was truncated", cause);
    }
}
