package igdrom.bytes;

/// The file behind a [Memory] was cut off, so that there is nothing any more to read or write.
public final class MemoryLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param cause what the virtual machine makes of the kernel's SIGBUS
    MemoryLostException(InternalError cause) {
        super("the memory is gone: its file was cut off", cause);
    }
}
